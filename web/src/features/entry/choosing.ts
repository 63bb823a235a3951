/** What somebody chooses of what a server asks: which answers go together, and what the server is told. */
import type { OnboardingOption, OnboardingPrompt, RespondToOnboardingInput, Snowflake } from "../../wire/types";

export type Chosen = ReadonlySet<Snowflake>;

/** Whether it is asked at the beginning; the others can be answered at any time. */
export function isAskedFirst({ in_onboarding }: OnboardingPrompt): boolean {
  return in_onboarding;
}

/** With one answer more or less; of a question that takes one, it takes the place of the other. */
export function toggled({ options, single_select }: OnboardingPrompt, chosen: Chosen, id: Snowflake): Chosen {
  const next = new Set(chosen);
  if (single_select) for (const option of options) if (option.id !== id) next.delete(option.id);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Without any answer to a question. */
export function cleared({ options }: OnboardingPrompt, chosen: Chosen): Chosen {
  return new Set([...chosen].filter((id) => !options.some((option) => option.id === id)));
}

export function isAnswered({ options }: OnboardingPrompt, chosen: Chosen): boolean {
  return options.some(({ id }) => chosen.has(id));
}

/** Whether one may go on: what has to be answered was. */
export function isEnough(prompt: OnboardingPrompt, chosen: Chosen): boolean {
  return !prompt.required || isAnswered(prompt, chosen);
}

/** What the server is told, with what was seen. */
export function responseOf(seen: readonly OnboardingPrompt[], chosen: Chosen, nowMs: number): RespondToOnboardingInput {
  const at = (ids: readonly Snowflake[]) => Object.fromEntries(ids.map((id) => [id, nowMs]));
  return {
    onboarding_responses: [...chosen],
    onboarding_prompts_seen: at(seen.map(({ id }) => id)),
    onboarding_responses_seen: at(seen.flatMap(({ options }) => options.map(({ id }) => id))),
  };
}

interface Names {
  readonly role: (id: Snowflake) => string | undefined;
  readonly channel: (id: Snowflake) => string | undefined;
}

/** What comes with an answer, as far as the reader sees it. */
export function bringsOf({ role_ids, channel_ids }: OnboardingOption, { role, channel }: Names): readonly string[] {
  const roles = role_ids.flatMap((id) => role(id) ?? []).map((name) => `@${name}`);
  return [...roles, ...channel_ids.flatMap((id) => channel(id) ?? []).map((name) => `#${name}`)];
}
