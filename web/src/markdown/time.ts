/** Points in time in the reader's language, and for how long the words stay true. */
import type { TimeStyle } from "./nodes";

type Styles = Record<Exclude<TimeStyle, "R">, Intl.DateTimeFormatOptions>;

const DATE = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
const TIME = { hour: "numeric", minute: "2-digit" } as const;

const STYLES: Styles = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: DATE,
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { ...DATE, ...TIME },
  S: { ...DATE, ...TIME, second: "2-digit" },
};

type Unit = readonly [Intl.RelativeTimeFormatUnit, number];

const SECOND: Unit = ["second", 1];
/** In seconds; months and years have their average length. */
const UNITS: readonly Unit[] = [
  ["year", 31_556_952],
  ["month", 2_629_746],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  SECOND,
];

export interface Relative {
  readonly text: string;
  /** In how many seconds it has to be said in other words. */
  readonly forS: number;
}

export class Times {
  private readonly formats = new Map<string, Intl.DateTimeFormat>();
  private readonly ago: Intl.RelativeTimeFormat;

  constructor(
    private readonly locale: string,
    private readonly now_s: () => number,
    private readonly timeZone?: string,
  ) {
    this.ago = new Intl.RelativeTimeFormat(locale);
  }

  text(at: number, style: TimeStyle): string {
    return style === "R" ? this.relative(at).text : this.format(style).format(at * 1000);
  }

  /** The whole date and time, as a tooltip says it. */
  date(at: number): string {
    return this.format("F").format(at * 1000);
  }

  /** The largest unit that fits at least once, and how many of them have passed or are to come, counted downwards. */
  relative(at: number): Relative {
    const away = at - this.now_s();
    const distance = Math.abs(away);
    const fitting = UNITS.findIndex(([, seconds]) => distance >= seconds);
    const [unit, length] = UNITS.at(fitting) ?? SECOND;
    const count = Math.floor(distance / length);
    const text = this.ago.format(away < 0 ? -count : count, unit);
    const rest = distance - count * length;
    const larger = fitting > 0 ? (UNITS[fitting - 1]?.[1] ?? Infinity) : Infinity;
    return { text, forS: Math.max(away > 0 ? rest : Math.min(length - rest, larger - distance), 1) };
  }

  private format(style: Exclude<TimeStyle, "R">): Intl.DateTimeFormat {
    const known = this.formats.get(style);
    if (known) return known;
    const made = new Intl.DateTimeFormat(this.locale, { ...STYLES[style], ...(this.timeZone && { timeZone: this.timeZone }) });
    this.formats.set(style, made);
    return made;
  }
}
