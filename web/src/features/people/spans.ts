/** For how long one's own words stand. */

export const SPANS = ["half", "hour", "four", "day", "never"] as const;

export type Span = (typeof SPANS)[number];

const MINUTES: Readonly<Partial<Record<Span, number>>> = { half: 30, hour: 60, four: 240 };

/** Null for what has no end; today ends where the reader is. */
export function endOf(span: Span, now: Date): Date | null {
  const minutes = MINUTES[span];
  if (minutes !== undefined) return new Date(now.getTime() + minutes * 60_000);
  return span === "day" ? new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1) : null;
}
