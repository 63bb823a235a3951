/** Polls that are about to be asked. */
import { expect, test } from "vitest";
import { lacks, pollOf, spanOf, SPANS } from "./asking";

const DRAFTED = [
  { id: 1, text: " Ridge ", emoji: { id: null, name: "⛰️", animated: false } },
  { id: 2, text: "" },
  { id: 3, text: "Shore", emoji: { id: "7", name: "wave", animated: true } },
];

test("a poll needs a question and two answers", () => {
  expect(lacks(" ", DRAFTED.slice(0, 2))).toEqual({ question: "polls.needsQuestion", answers: "polls.needsAnswers" });
  expect(lacks("Where?", DRAFTED)).toEqual({});
});

test("what is left empty is not asked", () => {
  expect(pollOf(" Where? ", DRAFTED, 4, true)).toEqual({
    question: { text: "Where?" },
    answers: [{ poll_media: { text: "Ridge", emoji: { name: "⛰️" } } }, { poll_media: { text: "Shore", emoji: { id: "7", name: "wave" } } }],
    duration: 4,
    allow_multiselect: true,
  });
});

test("spans are told in their largest unit", () => {
  expect(SPANS.map(spanOf)).toEqual([
    ...[1, 4, 8].map((n) => ({ unit: "hours", n })),
    ...[1, 3].map((n) => ({ unit: "days", n })),
    ...[1, 2].map((n) => ({ unit: "weeks", n })),
  ]);
});
