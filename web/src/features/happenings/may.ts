/** Who may plan something where, and who may change what is planned. */
import { has, type PermissionName } from "../../permissions/permissions";
import type { ScheduledEvent, Snowflake } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import { ELSEWHERE, IN_VOICE, ON_STAGE } from "../../world/happenings";
import type { World } from "../../world/world";
import { STAGE, VOICE } from "../channels/listed";

export type Kind = typeof ON_STAGE | typeof IN_VOICE | typeof ELSEWHERE;

/** What it takes to have something happen there. */
const HOSTING: Readonly<Record<Kind, readonly PermissionName[]>> = {
  [ON_STAGE]: ["MANAGE_CHANNELS", "MUTE_MEMBERS", "MOVE_MEMBERS"],
  [IN_VOICE]: ["VIEW_CHANNEL", "CONNECT"],
  [ELSEWHERE]: [],
};
const TYPES: Readonly<Record<number, Kind>> = { [STAGE]: ON_STAGE, [VOICE]: IN_VOICE };

export function kindOf({ entity_type }: Pick<ScheduledEvent, "entity_type">): Kind {
  return entity_type === ON_STAGE || entity_type === IN_VOICE ? entity_type : ELSEWHERE;
}

function held(world: World, guildId: Snowflake, channelId: Snowflake | null): bigint {
  return channelId !== null && world.channels.byId.has(channelId) ? world.permissions(channelId) : world.guildPermissions(guildId);
}

/** Whether one may plan anything in a guild: then at least somewhere else. */
export function mayPlan(world: World, guildId: Snowflake): boolean {
  return has(world.guildPermissions(guildId), "CREATE_EVENTS") || hosts(world, guildId, IN_VOICE).length > 0;
}

/** The channels in which one may have something happen. */
export function hosts(world: World, guildId: Snowflake, kind: Kind): readonly KnownChannel[] {
  const all = [...world.channels.of(guildId)].flatMap((id) => world.channels.byId.get(id) ?? []);
  return all.filter(({ id, type }) => TYPES[type] === kind && has(world.permissions(id), "CREATE_EVENTS", ...HOSTING[kind]));
}

/** One's own event, or anybody's for those who manage them. */
export function mayTouch(world: World, event: ScheduledEvent): boolean {
  const bits = held(world, event.guild_id, event.channel_id);
  const isOwn = event.creator_id !== null && event.creator_id === world.people.me;
  const may = has(bits, "MANAGE_EVENTS") || (isOwn && has(bits, "CREATE_EVENTS"));
  return may && has(bits, ...HOSTING[kindOf(event)]);
}
