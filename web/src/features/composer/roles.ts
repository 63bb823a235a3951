/** Which roles would let somebody write where they cannot. */
import { has, inChannel } from "../../permissions/permissions";
import type { Snowflake } from "../../wire/types";
import { above } from "../../world/roles";
import { isThread } from "../../world/threads";
import type { World } from "../../world/world";

const MOST_ROLES = 3;

export function rolesThatMayWrite(world: World, channelId: Snowflake): readonly string[] {
  const channel = world.channels.byId.get(channelId);
  const guildId = channel?.guild_id ?? "";
  const standing = world.standing(guildId);
  if (standing === null) return [];
  // A thread has the rules of its channel, and a word of its own for speaking.
  const [place, speaking] = channel !== undefined && isThread(channel) ? ([channel.parent_id, "SEND_MESSAGES_IN_THREADS"] as const) : ([channelId, "SEND_MESSAGES"] as const);
  const overwrites = world.channels.byId.get(place ?? "")?.permission_overwrites ?? [];
  const others = [...standing.roles.values()].filter(
    ({ id, managed }) => id !== guildId && !managed && !standing.memberRoles.includes(id),
  );
  const helping = others.filter(({ id }) => {
    const memberRoles = [...standing.memberRoles, id];
    return has(inChannel({ ...standing, timedOut: false, isPending: false, memberRoles }, overwrites), speaking);
  });
  // The least of them is asked for first.
  return helping.sort((one, other) => above(other, one)).slice(0, MOST_ROLES).map(({ name }) => name);
}
