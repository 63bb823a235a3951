/** When something happens, and how often, in the reader's words. */
import type { RecurrenceRule } from "../../wire/types";
import { Clock } from "../messages/clock";
import type { Speech } from "../speech.svelte";
import { repeatOf, type Occurrence } from "./recurring";

type Spoken = Pick<Speech, "language" | "say">;
type Nth = 1 | 2 | 3 | 4 | 5;

const DAY_MS = 86_400_000;
/** A Monday. */
const SOME_MONDAY_MS = 4 * DAY_MS;

/** A day of the week in the reader's language; 0 is Monday. */
function weekday(language: string, day: number): string {
  return new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(new Date(SOME_MONDAY_MS + day * DAY_MS));
}

/** On which day of the week it is here what the rule says of a day in UTC. */
function weekdayHere(language: string, { start, by_weekday }: RecurrenceRule, timeZone?: string): string {
  const first = new Date(start);
  const wanted = by_weekday?.[0] ?? (first.getUTCDay() + 6) % 7;
  const day = new Date(first.getTime() + ((wanted - ((first.getUTCDay() + 6) % 7) + 7) % 7) * DAY_MS);
  return new Intl.DateTimeFormat(language, { weekday: "long", ...(timeZone !== undefined && { timeZone }) }).format(day);
}

/** What is so of a month or a year is said as the server counts it, in UTC. */
export function repeatWords({ language, say }: Spoken, rule: RecurrenceRule, timeZone?: string): string {
  const repeat = repeatOf(rule);
  if (repeat === "weekly" || repeat === "fortnightly") return say(`happenings.repeats.${repeat}`, { day: weekdayHere(language, rule, timeZone) });
  if (repeat === "monthly") {
    const [nth] = rule.by_n_weekday ?? [];
    if (nth === undefined) return say("happenings.repeats.monthlyOn", { n: new Date(rule.start).getUTCDate() });
    return say("happenings.repeats.monthly", { nth: say(`happenings.nth.${nth.n as Nth}`), day: weekday(language, nth.day) });
  }
  if (repeat === "yearly") {
    const start = new Date(rule.start);
    const day = new Date(Date.UTC(2000, (rule.by_month?.[0] ?? start.getUTCMonth() + 1) - 1, rule.by_month_day?.[0] ?? start.getUTCDate()));
    return say("happenings.repeats.yearly", { day: new Intl.DateTimeFormat(language, { day: "numeric", month: "long", timeZone: "UTC" }).format(day) });
  }
  return say(`happenings.repeat.${repeat}`);
}

/** Today and tomorrow by these words, other days by their names. */
function dayWords(clock: Clock, say: Speech["say"], iso: string, now: Date): string {
  const day = new Date(iso).toDateString();
  if (day === now.toDateString()) return say("happenings.today");
  if (day === new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).toDateString()) return say("happenings.tomorrow");
  return clock.day(iso, now);
}

/** From when until when; the second day is said where it is another one. */
export function timeWords({ language, say }: Spoken, { starts, ends }: Pick<Occurrence, "starts" | "ends">, now = new Date()): string {
  const clock = new Clock(language);
  const moment = (iso: string) => say("happenings.when", { day: dayWords(clock, say, iso, now), time: clock.time(iso) });
  if (ends === null) return moment(starts);
  const isSameDay = new Date(starts).toDateString() === new Date(ends).toDateString();
  return say("happenings.until", { from: moment(starts), to: isSameDay ? clock.time(ends) : moment(ends) });
}
