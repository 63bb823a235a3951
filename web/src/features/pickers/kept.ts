/** Which emojis somebody uses on this device: lately, often, and the ones they marked. */
import type { Chosen, Preferences } from "../../store/preferences.svelte";
import { emojiFrom, written } from "../messages/recents";
import type { Picked } from "./pickers";

const MOST_USED = 48;
/** What was used this often is as good as what was used one pick later. */
const MOST_COUNT = 100;

export function pickedFrom(text: string): Picked {
  const { id, name, animated } = emojiFrom(text);
  return { id, name: name ?? "", animated: animated === true };
}

/** The last one first. */
export function lately({ emojiUses }: Chosen, count: number): readonly Picked[] {
  return Object.keys(emojiUses).slice(0, count).map(pickedFrom);
}

export function often({ emojiUses }: Chosen, count: number): readonly Picked[] {
  const uses = Object.entries(emojiUses).filter(([, times]) => times > 1);
  return uses.sort(([, one], [, other]) => other - one).slice(0, count).map(([text]) => pickedFrom(text));
}

export function favourites({ emojiFavourites }: Chosen): readonly Picked[] {
  return emojiFavourites.map(pickedFrom);
}

export function isFavourite({ emojiFavourites }: Chosen, emoji: Picked): boolean {
  return emojiFavourites.includes(written(emoji));
}

export function used(preferences: Preferences, emoji: Picked): void {
  const now = written(emoji);
  const { [now]: before = 0, ...others } = preferences.all.emojiUses;
  const all = [[now, Math.min(MOST_COUNT, before + 1)] as const, ...Object.entries(others)];
  preferences.set({ emojiUses: Object.fromEntries(all.slice(0, MOST_USED)) });
}

export function toggleFavourite(preferences: Preferences, emoji: Picked): void {
  const now = written(emoji);
  const { emojiFavourites } = preferences.all;
  const rest = emojiFavourites.filter((one) => one !== now);
  preferences.set({ emojiFavourites: rest.length < emojiFavourites.length ? rest : [...rest, now] });
}
