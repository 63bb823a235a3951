/** Questions go back to the server as they came. */
import { expect, test } from "vitest";
import type { OnboardingPrompt } from "../../../wire/types";
import { isWhole, newPrompt, promptInput } from "./asking";

const option = (id: string | null, name: string | null) => ({ id: "2", title: "Birds", description: "", emoji: { id, name, animated: false }, role_ids: ["7"], channel_ids: [] });
const PROMPT: OnboardingPrompt = { id: "1", title: "What?", options: [option("9", "wren"), option(null, "🐦")], single_select: true, required: false, in_onboarding: true, type: 0 };

test("an emoji of the server goes by its id, another by its character", () => {
  const { options } = promptInput(PROMPT);
  expect(options.map(({ emoji_id, emoji_name }) => [emoji_id, emoji_name])).toEqual([["9", null], [null, "🐦"]]);
  expect(options[0]).not.toHaveProperty("emoji");
});

test("a new question has an id that no other one has, and is not whole yet", () => {
  const first = newPrompt([promptInput(PROMPT)]);
  expect(first.id).toBe("2");
  expect(newPrompt([first]).id).toBe("1");
  expect(isWhole([first])).toBe(false);
  expect(isWhole([promptInput(PROMPT)])).toBe(true);
});
