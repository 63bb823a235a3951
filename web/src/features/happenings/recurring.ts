/** When something happens again, as the server counts it: Discord's part of iCalendar's rules, in UTC. */
import { idAt } from "../../world/ids";
import type { RecurrenceRule, RecurrenceRuleInput, ScheduledEvent, Snowflake } from "../../wire/types";

const DAY_MS = 86_400_000;
/** Days within which every rule falls at least twice, but for a 29 February. */
const LOOK_AHEAD = 366 * 2;
const WEEK = 7;

const YEARLY = 0;
const MONTHLY = 1;
const WEEKLY = 2;
const DAILY = 3;

const WORKDAYS = [0, 1, 2, 3, 4];
const WEEKEND = [5, 6];

/** How often, as it is chosen. */
export const REPEATS = ["once", "daily", "workdays", "weekends", "weekly", "fortnightly", "monthly", "yearly"] as const;
export type Repeat = (typeof REPEATS)[number];

/** One time that something happens; it goes by when it was to begin. */
export interface Occurrence {
  readonly id: Snowflake;
  readonly starts: string;
  readonly ends: string | null;
  readonly isCanceled: boolean;
}

type Planned = Pick<ScheduledEvent, "scheduled_start_time" | "scheduled_end_time" | "recurrence_rule" | "guild_scheduled_event_exceptions">;

/** The weekday, 0 being Monday. */
const weekdayOf = (day: Date): number => (day.getUTCDay() + WEEK - 1) % WEEK;

/** The time that an event stands before, or is in. */
export function currentOf(event: Planned): Occurrence {
  return occurrenceAt(event, Date.parse(event.scheduled_start_time));
}

/** So many of the next times, also those that are left out. */
export function nextOf(event: Planned, most: number): readonly Occurrence[] {
  const first = Date.parse(event.scheduled_start_time);
  const found = [first, ...after(first, event.recurrence_rule, most - 1)];
  return found.map((starts) => occurrenceAt(event, starts));
}

/** So many times after the first by which it falls. */
function after(first: number, rule: RecurrenceRule | null, most: number): readonly number[] {
  if (rule === null) return [];
  const timeOfDay = Date.parse(rule.start) % DAY_MS;
  const found: number[] = [];
  for (let day = 0; day < LOOK_AHEAD && found.length < most; day++) {
    const starts = Math.floor(first / DAY_MS + day) * DAY_MS + timeOfDay;
    if (starts > first && falls(rule, new Date(starts))) found.push(starts);
  }
  return found;
}

/** The rule by which something that begins then happens so often. */
export function ruleOf(repeat: Repeat, start: Date): RecurrenceRuleInput | null {
  const common = { start: start.toISOString(), interval: 1 };
  const day = weekdayOf(start);
  // Where it is another day in UTC, the days of the week are others as well.
  const shift = (day - ((start.getDay() + WEEK - 1) % WEEK) + WEEK) % WEEK;
  const shifted = (days: readonly number[]) => days.map((one) => (one + shift) % WEEK);
  switch (repeat) {
    case "once":
      return null;
    case "daily":
      return { ...common, frequency: DAILY };
    case "workdays":
      return { ...common, frequency: DAILY, by_weekday: shifted(WORKDAYS) };
    case "weekends":
      return { ...common, frequency: DAILY, by_weekday: shifted(WEEKEND) };
    case "weekly":
      return { ...common, frequency: WEEKLY, by_weekday: [day] };
    case "fortnightly":
      return { ...common, interval: 2, frequency: WEEKLY, by_weekday: [day] };
    case "monthly":
      return { ...common, frequency: MONTHLY, by_n_weekday: [{ n: Math.ceil(start.getUTCDate() / WEEK), day }] };
    case "yearly":
      return { ...common, frequency: YEARLY, by_month: [start.getUTCMonth() + 1], by_month_day: [start.getUTCDate()] };
  }
}

/** The choice that makes such a rule. */
export function repeatOf(rule: RecurrenceRule | null): Repeat {
  if (rule === null) return "once";
  const { frequency, interval, by_weekday: days } = rule;
  if (frequency === DAILY) return days === null ? "daily" : days.length === WEEKEND.length ? "weekends" : "workdays";
  if (frequency === WEEKLY) return interval === 2 ? "fortnightly" : "weekly";
  return frequency === MONTHLY ? "monthly" : "yearly";
}

function occurrenceAt(event: Planned, starts: number): Occurrence {
  const id = idAt(starts);
  const exception = event.guild_scheduled_event_exceptions.find(({ event_exception_id }) => event_exception_id === id);
  const moved = exception?.scheduled_start_time ? Date.parse(exception.scheduled_start_time) : starts;
  const lasts = event.scheduled_end_time === null ? null : Date.parse(event.scheduled_end_time) - Date.parse(event.scheduled_start_time);
  const ends = lasts === null ? null : new Date(moved + lasts).toISOString();
  return {
    id,
    starts: new Date(moved).toISOString(),
    ends: exception?.scheduled_end_time ?? ends,
    isCanceled: exception?.is_canceled ?? false,
  };
}

function falls(rule: RecurrenceRule, day: Date): boolean {
  switch (rule.frequency) {
    case DAILY:
      return rule.by_weekday?.includes(weekdayOf(day)) ?? true;
    case WEEKLY:
      return fallsInWeek(rule, day);
    case MONTHLY:
      return fallsInMonth(rule, day);
    default: {
      const start = new Date(rule.start);
      const month = rule.by_month?.[0] ?? start.getUTCMonth() + 1;
      return day.getUTCMonth() + 1 === month && day.getUTCDate() === (rule.by_month_day?.[0] ?? start.getUTCDate());
    }
  }
}

function fallsInWeek(rule: RecurrenceRule, day: Date): boolean {
  const start = new Date(rule.start);
  const wanted = rule.by_weekday?.[0] ?? weekdayOf(start);
  const monday = (one: Date) => Math.floor(one.getTime() / DAY_MS) - weekdayOf(one);
  const weeks = (monday(day) - monday(start)) / WEEK;
  return weekdayOf(day) === wanted && weeks % rule.interval === 0;
}

function fallsInMonth(rule: RecurrenceRule, day: Date): boolean {
  const [nth] = rule.by_n_weekday ?? [];
  if (nth === undefined) return day.getUTCDate() === new Date(rule.start).getUTCDate();
  return weekdayOf(day) === nth.day && Math.ceil(day.getUTCDate() / WEEK) === nth.n;
}
