/** The answers to a server's questions: how they are sent, and how they read. */
import type { AnsweredFieldInput, FormField } from "../../wire/types";

/** True for rules one agrees to, the place of a choice, or words; null for none. */
export type Answer = boolean | number | string | null;

/** The questions as they were read, each with its answer. */
export function answered(fields: readonly FormField[], answers: readonly Answer[]): readonly AnsweredFieldInput[] {
  return fields.map((field, place) => {
    const answer = answers[place] ?? null;
    return { ...field, response: typeof answer === "string" ? answer.trim() || null : answer };
  });
}

/** Whether somebody has to read the answers; rules alone are agreed to. */
export function isReviewed(fields: readonly FormField[]): boolean {
  return fields.some(({ field_type }) => field_type !== "TERMS");
}

/** An answer in words; null where there is none. */
export function inWords({ response, choices }: FormField): string | null {
  if (typeof response === "string") return response;
  return typeof response === "number" ? (choices?.[response] ?? null) : null;
}
