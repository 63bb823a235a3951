/** A poll as it stands: the share of each answer, what leads, and for how long it is open. */
import type { PartialEmoji, Poll, PollAnswer } from "../../wire/types";

export interface Tally {
  readonly answer: PollAnswer;
  readonly count: number;
  /** Of all votes, in hundredths. */
  readonly share: number;
  readonly isMine: boolean;
  /** No other has more, and somebody chose it. */
  readonly leads: boolean;
}

export function tallied({ answers, results }: Poll): readonly Tally[] {
  const counts = new Map(results?.answer_counts.map((it) => [it.id, it]));
  const all = [...counts.values()].reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(0, ...[...counts.values()].map(({ count }) => count));
  return answers.map((answer) => {
    const { count = 0, me_voted: isMine = false } = counts.get(answer.answer_id) ?? {};
    return { answer, count, share: all === 0 ? 0 : Math.round((100 * count) / all), isMine, leads: count > 0 && count === most };
  });
}

export function isOver({ results, expiry }: Poll, nowMs: number): boolean {
  return results?.is_finalized === true || Date.parse(expiry) <= nowMs;
}

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** For how long it is open still, in its largest unit. */
export function leftOf({ expiry }: Poll, nowMs: number): { readonly unit: "day" | "hour" | "minute"; readonly n: number } {
  const left = Date.parse(expiry) - nowMs;
  for (const [unit, size] of UNITS) if (left >= size) return { unit, n: Math.floor(left / size) };
  return { unit: "minute", n: 1 };
}

interface Field {
  readonly name: string;
  readonly value: string;
}

export interface Result {
  /** Nothing where nobody voted, or several had as many. */
  readonly winner: { readonly text: string; readonly emoji: PartialEmoji | undefined } | undefined;
  readonly votes: number;
  readonly all: number;
}

/** What the note of a poll that is over tells. */
export function resultOf(fields: readonly Field[]): Result {
  const told = new Map(fields.map(({ name, value }) => [name, value]));
  const text = told.get("victor_answer_text");
  const [id = null, name = null] = [told.get("victor_answer_emoji_id"), told.get("victor_answer_emoji_name")];
  const emoji = id === null && name === null ? undefined : { id, name, animated: told.get("victor_answer_emoji_animated") === "true" };
  return { winner: text === undefined ? undefined : { text, emoji }, votes: Number(told.get("victor_answer_votes") ?? 0), all: Number(told.get("total_votes") ?? 0) };
}
