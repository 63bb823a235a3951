/** Polls as they stand. */
import { expect, test } from "vitest";
import type { Poll } from "../../wire/types";
import { isOver, leftOf, resultOf, tallied } from "./counting";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const POLL: Poll = {
  question: { text: "Where?" },
  answers: ["Ridge", "Shore", "Home"].map((text, at) => ({ answer_id: at + 1, poll_media: { text } })),
  expiry: "2026-03-02T13:00:00Z",
  allow_multiselect: false,
  layout_type: 1,
};
const counted = (...counts: [number, number, boolean][]): Poll => ({ ...POLL, results: { is_finalized: false, answer_counts: counts.map(([id, count, me_voted]) => ({ id, count, me_voted })) } });

test("each answer has its share of the votes, and those with most lead", () => {
  const told = (poll: Poll) => tallied(poll).map(({ count, share, isMine, leads }) => [count, share, isMine, leads]);
  expect(told(POLL)).toEqual([[0, 0, false, false], [0, 0, false, false], [0, 0, false, false]]);
  expect(told(counted([1, 2, true], [3, 1, false]))).toEqual([[2, 67, true, true], [0, 0, false, false], [1, 33, false, false]]);
  expect(told(counted([1, 2, false], [2, 2, false])).map(([, , , leads]) => leads)).toEqual([true, true, false]);
});

test("a poll is over when its time is, or when the server says so", () => {
  expect([isOver(POLL, NOW), isOver(POLL, NOW + 90_000_000)]).toEqual([false, true]);
  expect(isOver({ ...POLL, results: { answer_counts: [], is_finalized: true } }, NOW)).toBe(true);
  expect([0, 86_000_000, 89_990_000].map((later) => leftOf(POLL, NOW + later))).toEqual([{ unit: "day", n: 1 }, { unit: "hour", n: 1 }, { unit: "minute", n: 1 }]);
});

test("a result names what won, or nothing where nothing did", () => {
  const fields = Object.entries({ poll_question_text: "Where?", victor_answer_text: "Ridge", victor_answer_emoji_name: "⛰️", victor_answer_votes: "2", total_votes: "3" }).map(([name, value]) => ({ name, value }));
  expect(resultOf(fields)).toEqual({ winner: { text: "Ridge", emoji: { id: null, name: "⛰️", animated: false } }, votes: 2, all: 3 });
  expect(resultOf(fields.slice(0, 1))).toEqual({ winner: undefined, votes: 0, all: 0 });
});
