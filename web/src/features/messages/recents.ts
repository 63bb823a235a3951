/** The emojis one reacted with last, as they are kept on this device. */
import type { PartialEmoji } from "../../wire/types";
import type { Preferences } from "../../store/preferences.svelte";

const KEPT = 8;
const CUSTOM = /^(a?):(\w+):(\d+)$/;

/** As text: the character, or `:name:id` with an `a` before it when it moves. */
export function written({ id, name, animated }: PartialEmoji): string {
  return id === null ? (name ?? "") : `${animated === true ? "a" : ""}:${name ?? ""}:${id}`;
}

export function emojiFrom(text: string): PartialEmoji {
  const [, moving, name = "", id] = CUSTOM.exec(text) ?? [];
  return id === undefined ? { id: null, name: text } : { id, name, animated: moving === "a" };
}

export function recentReactions({ all }: Preferences, count: number): readonly PartialEmoji[] {
  return all.reactions.slice(0, count).map(emojiFrom);
}

export function rememberReaction(preferences: Preferences, emoji: PartialEmoji): void {
  const now = written(emoji);
  const rest = preferences.all.reactions.filter((one) => one !== now);
  preferences.set({ reactions: [now, ...rest].slice(0, KEPT) });
}
