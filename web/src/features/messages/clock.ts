/** Times of messages in the reader's language. */

export class Clock {
  readonly #time: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #far: Intl.DateTimeFormat;
  readonly #near: Intl.DateTimeFormat;
  readonly #old: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;

  constructor(language: string, timeZone?: string) {
    const zone = timeZone === undefined ? {} : { timeZone };
    this.#time = new Intl.DateTimeFormat(language, { ...zone, hour: "numeric", minute: "2-digit" });
    this.#day = new Intl.DateTimeFormat(language, { ...zone, weekday: "long", day: "numeric", month: "long" });
    this.#far = new Intl.DateTimeFormat(language, { ...zone, weekday: "long", day: "numeric", month: "long", year: "numeric" });
    this.#near = new Intl.DateTimeFormat(language, { ...zone, day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
    this.#old = new Intl.DateTimeFormat(language, { ...zone, dateStyle: "medium" });
    this.#full = new Intl.DateTimeFormat(language, { ...zone, dateStyle: "full", timeStyle: "short" });
  }

  time(iso: string): string {
    return this.#time.format(new Date(iso));
  }

  /** Without the year, where it is this one. */
  day(iso: string, now = new Date()): string {
    const date = new Date(iso);
    return (date.getFullYear() === now.getFullYear() ? this.#day : this.#far).format(date);
  }

  /** As short as it can be: the time alone where it was today, and the year only where it was another one. */
  short(iso: string, now = new Date()): string {
    const date = new Date(iso);
    if (date.toDateString() === now.toDateString()) return this.time(iso);
    return (date.getFullYear() === now.getFullYear() ? this.#near : this.#old).format(date);
  }

  full(iso: string): string {
    return this.#full.format(new Date(iso));
  }

  /** The time alone where it was today, the day as well otherwise. */
  since(iso: string, now = new Date()): string {
    const isToday = new Date(iso).toDateString() === now.toDateString();
    return isToday ? this.time(iso) : `${this.day(iso, now)}, ${this.time(iso)}`;
  }
}
