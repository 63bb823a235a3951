/** The sounds of boards on this device: heard by oneself alone, and marked. */
import type { Sound } from "../../wire/types";
import type { App } from "../app";
import { soundUrl } from "../pictures";

/** As loud as it would be, to nobody else. */
export function hear({ preferences, layers, speech }: App, { sound_id, volume }: Sound): void {
  const audio = new Audio(soundUrl(sound_id));
  audio.volume = volume * preferences.all.boardVolume;
  audio.play().catch(() => layers.toast({ text: speech.say("voices.unheard"), kind: "bad" }));
}

export function isMarked({ preferences }: App, { sound_id }: Sound): boolean {
  return preferences.all.boardFavourites.includes(sound_id);
}

export function toggleMark({ preferences }: App, { sound_id }: Sound): void {
  const { boardFavourites } = preferences.all;
  const others = boardFavourites.filter((id) => id !== sound_id);
  preferences.set({ boardFavourites: others.length < boardFavourites.length ? others : [...others, sound_id] });
}
