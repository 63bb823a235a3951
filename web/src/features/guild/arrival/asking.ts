/** What those who come are asked, as it is put together: shown by the server in one shape, taken in another. */
import type { OnboardingOption, OnboardingOptionInput, OnboardingPrompt, OnboardingPromptInput } from "../../../wire/types";

export const MOST_PROMPTS = 15;
export const MOST_OPTIONS = 50;
/** Channels, or roles, that come with one answer. */
export const MOST_GIVEN = 50;
export const MOST_DEFAULTS = 500;

/** As it is sent back: emojis by their id, or by their character. */
export function optionInput({ emoji, ...option }: OnboardingOption): OnboardingOptionInput {
  return { ...option, emoji_id: emoji.id, emoji_name: emoji.id === null ? emoji.name : null };
}

export function promptInput(prompt: OnboardingPrompt): OnboardingPromptInput {
  return { ...prompt, type: prompt.type === 1 ? 1 : 0, options: prompt.options.map(optionInput) };
}

/** A new question; servers number what they do not know, here each needs an id of its own. */
export function newPrompt(prompts: readonly OnboardingPromptInput[]): OnboardingPromptInput {
  const taken = new Set(prompts.map(({ id }) => id));
  let id = 1;
  while (taken.has(id.toString())) id += 1;
  return { id: id.toString(), title: "", options: [], single_select: false, required: false, in_onboarding: true, type: 0 };
}

/** Whether it can be kept: every question has words and something to choose. */
export function isWhole(prompts: readonly OnboardingPromptInput[]): boolean {
  return prompts.every(({ title, options }) => title.trim() !== "" && options.length > 0);
}
