/** Which answers go together, and what the server is told of them. */
import { expect, test } from "vitest";
import type { OnboardingPrompt } from "../../wire/types";
import { bringsOf, cleared, isAskedFirst, isEnough, responseOf, toggled } from "./choosing";

const option = (id: string) => ({ id, title: id, description: "", emoji: { id: null, name: null, animated: false }, role_ids: ["7", "8"], channel_ids: ["9"] });
const prompt = (more: Partial<OnboardingPrompt> = {}): OnboardingPrompt => ({
  id: "1",
  title: "What do you like?",
  options: [option("2"), option("3")],
  single_select: false,
  required: false,
  in_onboarding: true,
  type: 0,
  ...more,
});

test("of a question that takes one answer, another one takes its place", () => {
  expect([...toggled(prompt({ single_select: true }), new Set(["2", "5"]), "3")]).toEqual(["5", "3"]);
  expect([...toggled(prompt(), new Set(["2", "5"]), "3")]).toEqual(["2", "5", "3"]);
  expect([...toggled(prompt(), new Set(["2", "5"]), "2")]).toEqual(["5"]);
  expect([...cleared(prompt(), new Set(["2", "3", "5"]))]).toEqual(["5"]);
});

test("only what has to be answered holds one up", () => {
  expect(isEnough(prompt(), new Set())).toBe(true);
  expect(isEnough(prompt({ required: true }), new Set(["5"]))).toBe(false);
  expect(isEnough(prompt({ required: true }), new Set(["3"]))).toBe(true);
});

test("the server is told of all that is chosen, and of what was seen", () => {
  expect([prompt(), prompt({ in_onboarding: false })].filter(isAskedFirst)).toHaveLength(1);
  expect(responseOf([prompt()], new Set(["3", "5"]), 17)).toEqual({
    onboarding_responses: ["3", "5"],
    onboarding_prompts_seen: { "1": 17 },
    onboarding_responses_seen: { "2": 17, "3": 17 },
  });
});

test("an answer says what comes with it, as far as one sees it", () => {
  const names = { role: (id: string) => (id === "7" ? "Stewards" : undefined), channel: () => "kitchen" };
  expect(bringsOf(option("2"), names)).toEqual(["@Stewards", "#kitchen"]);
});
