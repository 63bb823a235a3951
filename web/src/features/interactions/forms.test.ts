/** Forms of applications. */
import { expect, test } from "vitest";
import type { Entry } from "./components";
import { fieldsOf, filledIn, givenAtFirst, lackOf } from "./forms";

const OPTIONS = [{ label: "A", value: "a" }, { label: "B", value: "b", default: true }];
const FORM: readonly Entry[] = [
  { type: 10, id: 1, content: "Read this." },
  { type: 1, id: 2, components: [{ type: 4, id: 3, custom_id: "words", style: 1, label: "Words", min_length: 2 }] },
  { type: 18, id: 4, label: "Why", description: "In short", component: { type: 21, id: 5, custom_id: "why", required: false, options: OPTIONS } },
  { type: 18, id: 6, label: "Which", component: { type: 22, id: 7, custom_id: "which", options: OPTIONS, min_values: 2 } },
  { type: 18, id: 8, label: "Who", component: { type: 5, id: 9, custom_id: "who", max_values: 2 } },
  { type: 18, id: 10, label: "Sure", component: { type: 23, id: 11, custom_id: "sure" } },
  { type: 18, id: 12, label: "Proof", component: { type: 19, id: 13, custom_id: "proof", required: false } },
];

test("the fields of a form begin as the application says and go as the server reads them", () => {
  const asked = fieldsOf(FORM);
  expect(asked.map(({ label }) => label)).toEqual(["Words", "Why", "Which", "Who", "Sure", "Proof"]);
  const answers = Object.fromEntries(asked.map(({ field }) => [field.custom_id, givenAtFirst(field)]));
  expect(answers).toEqual({ words: "", why: "b", which: ["b"], who: [], sure: false, proof: [] });
  expect(filledIn(asked, { ...answers, why: "" }).slice(0, 3)).toEqual([
    { type: 4, custom_id: "words", value: "" },
    { type: 21, custom_id: "why" },
    { type: 22, custom_id: "which", values: ["b"] },
  ]);
});

test("what the server would refuse is known before", () => {
  const lacks = (given: readonly Parameters<typeof lackOf>[1][]) => fieldsOf(FORM).map(({ field }, at) => lackOf(field, given[at] ?? "")?.key);
  expect(lacks(["", "", [], [], false, []])).toEqual(["interactions.needed", undefined, "interactions.needed", "interactions.needed", undefined, undefined]);
  expect(lacks(["x", "a", ["a"], ["1", "2", "3"], true, ["0", "1"]])).toEqual(["interactions.tooShort", undefined, "interactions.tooFew", "interactions.tooMany", undefined, "interactions.tooMany"]);
});
