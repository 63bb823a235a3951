/** Opens what one picks emojis from, beside what was pressed. */
import type { Anchor } from "../../ui/layers.svelte";
import type { Gif, Snowflake, Sticker } from "../../wire/types";
import type { App } from "../app";
import { withWords } from "../withWords";

/** An emoji as it is reacted with: a character, or one of a server's. */
export interface Picked {
  readonly id: Snowflake | null;
  readonly name: string;
  readonly animated: boolean;
}

const emojiPicker = () => import("./EmojiPicker.svelte");

/** Fetch what it takes before it is asked for: when the pointer comes near. */
export async function prepareEmoji(app: App): Promise<void> {
  try {
    const [{ loadEmojis }] = await Promise.all([import("./unicode"), emojiPicker()]);
    await loadEmojis(app.speech.language);
  } catch {
    // Whoever opens it is told.
  }
}

/** One of the GIFs that the server finds. */
export async function pickGif(app: App, anchor: Anchor): Promise<Gif | undefined> {
  let picked: Gif | undefined;
  const onpick = (gif: Gif) => (picked = gif);
  await app.layers.float(anchor, () => import("./GifPicker.svelte"), { onpick }, { side: "top", label: app.speech.say("pickers.gifs") });
  return picked;
}

/** One of the stickers that may be sent there. */
export async function pickSticker(app: App, anchor: Anchor, channelId: Snowflake): Promise<Sticker | undefined> {
  let picked: Sticker | undefined;
  const onpick = (sticker: Sticker) => (picked = sticker);
  await app.layers.float(anchor, () => import("./StickerPicker.svelte"), { channelId, onpick }, { side: "top", label: app.speech.say("pickers.stickers") });
  return picked;
}

/** The sounds that may be played in a voice channel. */
export async function openSounds(app: App, anchor: Anchor, channelId: Snowflake): Promise<void> {
  const load = () => withWords(app, () => import("./SoundPicker.svelte"));
  await app.layers.float(anchor, load, { channelId }, { side: "top", label: app.speech.say("voices.sounds") });
}

/** Nothing, where it was closed. `channelId` says where it is for, which decides whose emojis may be used. */
export async function pickEmoji(app: App, anchor: Anchor, channelId: Snowflake | null = app.here.channelId): Promise<Picked | undefined> {
  let picked: Picked | undefined;
  const onpick = (emoji: Picked) => (picked = emoji);
  await app.layers.float(anchor, emojiPicker, { channelId, onpick }, { side: "top", label: app.speech.say("pickers.emoji") });
  return picked;
}
