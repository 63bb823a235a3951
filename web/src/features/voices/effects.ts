/** What is thrown and played where one sits: sent from here, and heard here. */
import type { Anchor } from "../../ui/layers.svelte";
import type { Events, Snowflake, Sound } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";
import { attempt } from "../attempt";
import { nameOf } from "../people/names";
import { pickEmoji } from "../pickers/pickers";
import { ownSeat, type Sitting } from "./seat";

export type Effect = Events["VOICE_CHANNEL_EFFECT_SEND"];

/** So many ways an emoji may rise. */
const WAYS = 21;

export async function throwEmoji(app: App, anchor: Anchor, channel_id: Snowflake): Promise<void> {
  const picked = await pickEmoji(app, anchor, channel_id);
  if (picked === undefined) return;
  const { id, name } = picked;
  const emoji = id === null ? { emoji_name: name } : { emoji_id: id };
  const body = { ...emoji, animation_id: Math.floor(Math.random() * WAYS) };
  await attempt(app, () => app.api.client.call("POST /channels/{channel_id}/voice-channel-effects", { channel_id, body }));
}

export async function play(app: App, channel_id: Snowflake, { sound_id }: Sound, source_guild_id: Snowflake): Promise<void> {
  const body = { sound_id, source_guild_id };
  await attempt(app, () => app.api.client.call("POST /channels/{channel_id}/send-soundboard-sound", { channel_id, body }));
}

/** Be told of what comes to one's own seat, but for the sounds of whom one has silenced. */
export function attend({ app, live }: Sitting, hear: (effect: Effect) => void): () => void {
  const { world } = live;
  return live.listen((name, data) => {
    if (name !== "VOICE_CHANNEL_EFFECT_SEND") return;
    const effect = data as Effect;
    if (ownSeat(world, effect.channel_id) !== undefined && !world.relationships.isUnheard(effect.user_id) && !isSilenced(app, effect)) hear(effect);
  });
}

/** What happened, in words. */
export function told({ speech: { say } }: App, world: World, { user_id, guild_id, emoji, sound_id }: Effect): string {
  const name = nameOf(world, user_id, guild_id);
  if (sound_id === undefined) return say("voices.threw", { name, emoji: emoji?.name ?? "" });
  const sound = soundOf(world, sound_id);
  return sound === undefined ? say("voices.playedOne", { name }) : say("voices.played", { name, sound: sound.name });
}

function soundOf(world: World, soundId: Snowflake): Sound | undefined {
  const guilds = [...world.guilds.byId.values()];
  return guilds.flatMap(({ id }) => world.expressions.of(id).sounds).find(({ sound_id }) => sound_id === soundId);
}

function isSilenced({ preferences }: App, { user_id, sound_id }: Effect): boolean {
  return sound_id !== undefined && preferences.all.boardSilenced.includes(user_id);
}
