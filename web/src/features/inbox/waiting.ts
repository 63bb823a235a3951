/** Channels in which something waits for the reader. */
import type { Snowflake } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import { byAge } from "../../world/ids";
import { INCOMING } from "../../world/relationships";
import type { World } from "../../world/world";
import { CATEGORY } from "../channels/listed";
import { latestIn } from "../directs/listed";

/** Those where one was called first, then those where something was said last. */
export function waitingChannels(world: World): readonly KnownChannel[] {
  const calls = (id: Snowflake) => world.readings.of(id).mention_count;
  const waits = ({ id, type }: KnownChannel) => type !== CATEGORY && world.isFollowed(id) && (calls(id) > 0 || (!isQuiet(world, id) && world.isUnread(id))) && world.isOpen(id);
  return [...world.channels.byId.values()]
    .filter(waits)
    .sort((one, other) => Number(calls(other.id) > 0) - Number(calls(one.id) > 0) || byAge(latestIn(world, other.id), latestIn(world, one.id)));
}

/** Whether one was called anywhere. */
export function isCalled(world: World): boolean {
  return world.calls > 0;
}

/** Whether somebody asks to be one's friend, or to be let in. */
export function isAsked(world: World): boolean {
  return (
    [...world.relationships.byId.values()].some(({ type }) => type === INCOMING) ||
    [...world.channels.of("")].some((id) => world.channels.byId.get(id)?.is_message_request === true)
  );
}

function isQuiet(world: World, id: Snowflake): boolean {
  const guildId = world.channels.byId.get(id)?.guild_id;
  return world.isMuted(id) || (guildId !== undefined && world.isGuildMuted(guildId));
}
