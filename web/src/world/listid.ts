/** Which member list a channel shows: channels that the same people can see share one, and its id says who they are. */
import { has } from "../permissions/permissions";
import type { Overwrite, Snowflake } from "../wire/types";
import type { World } from "./world";

export const EVERYONE = "everyone";

const rotated = (value: number, by: number) => (value << by) | (value >>> (32 - by));

function mixed(block: number): number {
  return Math.imul(rotated(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);
}

/** MurmurHash3 for 32 bits with the seed 0. https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp */
export function murmur3(text: string): number {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(bytes.buffer);
  const whole = bytes.length & ~3;
  let state = 0;
  for (let at = 0; at < whole; at += 4) {
    state = (Math.imul(rotated(state ^ mixed(view.getUint32(at, true)), 13), 5) + 0xe6546b64) | 0;
  }
  const tail = bytes.subarray(whole).reduceRight((sum, byte) => (sum << 8) | byte, 0);
  if (whole < bytes.length) state ^= mixed(tail);
  state ^= bytes.length;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/** What an overwrite says of seeing the channel. */
function word({ id, allow, deny }: Overwrite): readonly string[] {
  if (has(BigInt(allow), "VIEW_CHANNEL")) return [`allow:${id}`];
  return has(BigInt(deny), "VIEW_CHANNEL") ? [`deny:${id}`] : [];
}

export function listIdOf(world: World, channelId: Snowflake): string {
  const channel = world.channels.byId.get(channelId);
  const guildId = channel?.guild_id;
  if (channel === undefined || guildId === undefined) return EVERYONE;
  const words = (channel.permission_overwrites ?? []).flatMap(word).sort();
  const isOpen = has(BigInt(world.roles.of(guildId).get(guildId)?.permissions ?? 0), "VIEW_CHANNEL");
  const isForAll = isOpen && !words.some((one) => one.startsWith("deny"));
  return words.length === 0 || isForAll ? EVERYONE : String(murmur3(words.join(",")));
}
