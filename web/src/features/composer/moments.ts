/** Times that are often meant by "later", and how the browser's field for a time writes them. */

const MORNING = 9;
const MONDAY = 1;
const WEEK = 7;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export function inAnHour(now: Date): Date {
  return new Date(now.getTime() + HOUR_MS);
}

export function tomorrowMorning(now: Date): Date {
  return morning(now, 1);
}

/** The next one: on a Monday the one in a week. */
export function mondayMorning(now: Date): Date {
  return morning(now, (MONDAY - now.getDay() + WEEK - 1) % WEEK + 1);
}

function morning(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
}

/** In the time of this place, to the minute. */
export function toField(moment: Date): string {
  const here = new Date(moment.getTime() - moment.getTimezoneOffset() * MINUTE_MS);
  return here.toISOString().slice(0, "2000-01-01T00:00".length);
}
