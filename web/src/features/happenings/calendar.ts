/** Something that is planned, as calendars take it: iCalendar, RFC 5545. */
import type { RecurrenceRule, ScheduledEvent } from "../../wire/types";
import { momentOf } from "../../world/ids";

const LINE_BYTES = 75;
const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const FREQUENCIES = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY"];

/** `place` and `link` are said by who knows them. */
export function calendarOf(event: ScheduledEvent, place: string, link: string, now: Date): string {
  const left = event.guild_scheduled_event_exceptions.filter(({ is_canceled }) => is_canceled);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Rift//EN",
    "BEGIN:VEVENT",
    `UID:${event.id}@${new URL(link).host}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(new Date(event.scheduled_start_time))}`,
    ...(event.scheduled_end_time === null ? [] : [`DTEND:${stamp(new Date(event.scheduled_end_time))}`]),
    ...(event.recurrence_rule === null ? [] : [`RRULE:${ruleText(event.recurrence_rule)}`]),
    ...left.map(({ event_exception_id }) => `EXDATE:${stamp(new Date(momentOf(event_exception_id)))}`),
    `SUMMARY:${escaped(event.name)}`,
    ...(event.description === null ? [] : [`DESCRIPTION:${escaped(event.description)}`]),
    `LOCATION:${escaped(place)}`,
    `URL:${link}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** Hands a text to the reader as a file. */
export function save(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  link.download = `${name.replace(/[^\p{L}\p{N} _-]/gu, "").trim() || "event"}.ics`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function stamp(moment: Date): string {
  return `${moment.toISOString().slice(0, "2000-01-01T00:00:00".length).replace(/[-:]/g, "")}Z`;
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
}

function ruleText({ frequency, interval, by_weekday, by_n_weekday, by_month, by_month_day }: RecurrenceRule): string {
  const days = [...(by_weekday ?? []).map((day) => DAYS[day]), ...(by_n_weekday ?? []).map(({ n, day }) => `${n}${DAYS[day] ?? ""}`)];
  const parts = [
    `FREQ=${FREQUENCIES[frequency] ?? ""}`,
    interval > 1 && `INTERVAL=${interval}`,
    days.length > 0 && `BYDAY=${days.join(",")}`,
    by_month && `BYMONTH=${by_month.join(",")}`,
    by_month_day && `BYMONTHDAY=${by_month_day.join(",")}`,
  ];
  return parts.filter(Boolean).join(";");
}

/** A line of many bytes goes on in the next one, behind a space; no character is cut in two. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let size = 0;
  const parts = Array.from(line, (character) => {
    const bytes = encoder.encode(character).length;
    const isFull = size + bytes > LINE_BYTES;
    size = isFull ? 1 + bytes : size + bytes;
    return isFull ? `\r\n ${character}` : character;
  });
  return parts.join("");
}
