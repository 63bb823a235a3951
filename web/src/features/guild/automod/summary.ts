/** A rule in one line: what it looks for and what it does. */
import type { PluralKey } from "../../../i18n/catalogue";
import type { Rule, TriggerMetadata } from "../../../wire/types";
import type { Speech } from "../../speech.svelte";
import type { Effect } from "./triggers";

type Words = Pick<Speech, "say" | "count">;

function lookedFor({ say, count }: Words, metadata: TriggerMetadata): readonly string[] {
  const some = (key: PluralKey, list: readonly unknown[] = []) => (list.length > 0 ? [count(key, list.length)] : []);
  const { mention_total_limit: limit } = metadata;
  return [
    ...some("automod.sum.words", metadata.keyword_filter),
    ...some("automod.sum.patterns", metadata.regex_patterns),
    ...some("automod.sum.lists", metadata.presets),
    ...(limit === undefined ? [] : [say("automod.sum.mentions", { n: limit })]),
    ...some("automod.sum.allowed", metadata.allow_list),
  ];
}

export function summary(words: Words, { trigger_metadata, actions }: Rule): string {
  const done = actions.map(({ type }) => words.say(`automod.sum.effect.${type as Effect}`));
  return [...lookedFor(words, trigger_metadata), ...done].join(" · ");
}
