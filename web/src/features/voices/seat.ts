/** One's own seat in a voice channel: taken and given up by what is told to the gateway, and seen in the world like everybody's. */
import type { Key } from "../../i18n/catalogue";
import { has } from "../../permissions/permissions";
import type { Live } from "../../store/live.svelte";
import type { Snowflake } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import type { KnownVoice } from "../../world/voices";
import type { World } from "../../world/world";
import type { App } from "../app";

const VOICE_STATE = 4;

export interface Sitting {
  readonly app: App;
  readonly live: Live;
}

/** Nobody is heard here, so everybody is muted. */
function tell({ app, live }: Sitting, guild_id: Snowflake, channel_id: Snowflake | null): void {
  live.say(VOICE_STATE, { guild_id, channel_id, self_mute: true, self_deaf: app.preferences.all.deaf, self_video: false });
}

/** Sit down, in another place than before, or with this device instead of another one. */
export function sit(sitting: Sitting, { guild_id, id }: Pick<KnownChannel, "guild_id" | "id">): void {
  if (guild_id !== undefined) tell(sitting, guild_id, id);
}

export function getUp(sitting: Sitting, { guild_id }: KnownVoice): void {
  tell(sitting, guild_id, null);
}

export function setDeaf(sitting: Sitting, { guild_id, channel_id }: KnownVoice, deaf: boolean): void {
  sitting.app.preferences.set({ deaf });
  tell(sitting, guild_id, channel_id);
}

/** Whether the gateway hears of it now. */
export function isHeard({ line }: Live): boolean {
  return line === "open";
}

/** Whether it is this device that one sits there with. */
export function isHere({ selves }: World, { session_id }: KnownVoice): boolean {
  return session_id === selves.session;
}

/** One's own seat in a channel, where it is this device that one sits there with. */
export function ownSeat(world: World, channelId: Snowflake): KnownVoice | undefined {
  const { seat } = world;
  return seat?.channel_id === channelId && isHere(world, seat) ? seat : undefined;
}

/** Why one may not sit down somewhere. */
export function barred(world: World, { id, user_limit }: KnownChannel): Key | null {
  const mine = world.permissions(id);
  if (!has(mine, "CONNECT")) return "voices.barred";
  const isFull = Boolean(user_limit) && world.voices.in(id).length >= (user_limit ?? 0);
  return isFull && !has(mine, "MOVE_MEMBERS") ? "voices.full" : null;
}

/** Why nothing comes of what one throws or plays where one sits. */
export function silenced(world: World, { channel_id, mute, deaf, suppress }: KnownVoice): Key | null {
  if (mute) return "voices.why.mute";
  if (deaf) return "voices.why.deaf";
  if (suppress) return "voices.why.suppress";
  return has(world.permissions(channel_id), "SPEAK") ? null : "voices.why.speak";
}

/** Why one may play no sounds in a channel. */
export function boardless(world: World, channelId: Snowflake): Key | null {
  const seat = ownSeat(world, channelId);
  if (seat === undefined) return "voices.why.away";
  return silenced(world, seat) ?? (has(world.permissions(channelId), "USE_SOUNDBOARD") ? null : "voices.why.board");
}
