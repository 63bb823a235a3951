/** Changes that are not saved yet. */
import { expect, test } from "vitest";
import { Draft } from "./draft.svelte";

test("only what differs from the truth counts as changed", () => {
  let truth = { name: "Longwave", tags: ["a"] };
  const draft = new Draft(() => truth);
  draft.set({ name: "Shortwave", tags: ["a"] });
  expect(draft.now).toEqual({ name: "Shortwave", tags: ["a"] });
  expect(draft.changes).toEqual({ name: "Shortwave" });
  truth = { name: "Shortwave", tags: ["b"] };
  expect(draft.changes).toEqual({ tags: ["a"] });
  draft.reset();
  expect(draft.count).toBe(0);
  expect(draft.now).toEqual(truth);
});
