/** A poll that somebody is about to ask. */
import type { PollInput } from "../../wire/types";
import type { Picked } from "../pickers/pickers";

export const LONGEST_QUESTION = 300;
export const LONGEST_ANSWER = 55;
export const MOST_ANSWERS = 10;
const FEWEST = 2;

/** In hours. */
export const SPANS = [1, 4, 8, 24, 72, 168, 336] as const;
export const DAY = 24;

export interface Drafted {
  readonly id: number;
  readonly text: string;
  readonly emoji?: Picked | undefined;
}

export type Lack = "polls.needsQuestion" | "polls.needsAnswers";

const isGiven = ({ text }: Drafted) => text.trim() !== "";

export function lacks(question: string, answers: readonly Drafted[]): { readonly question?: Lack; readonly answers?: Lack } {
  return {
    ...(question.trim() === "" ? { question: "polls.needsQuestion" } : {}),
    ...(answers.filter(isGiven).length < FEWEST ? { answers: "polls.needsAnswers" } : {}),
  };
}

/** Answers that are left empty are none. */
export function pollOf(question: string, answers: readonly Drafted[], duration: number, allow_multiselect: boolean): PollInput {
  return {
    question: { text: question.trim() },
    answers: answers.filter(isGiven).map(({ text, emoji }) => ({
      poll_media: { text: text.trim(), ...(emoji ? { emoji: emoji.id === null ? { name: emoji.name } : { id: emoji.id, name: emoji.name } } : {}) },
    })),
    duration,
    allow_multiselect,
  };
}

/** A number of hours in the largest unit that fits it. */
export function spanOf(hours: number): { readonly unit: "hours" | "days" | "weeks"; readonly n: number } {
  if (hours % 168 === 0) return { unit: "weeks", n: hours / 168 };
  return hours % DAY === 0 ? { unit: "days", n: hours / DAY } : { unit: "hours", n: hours };
}
