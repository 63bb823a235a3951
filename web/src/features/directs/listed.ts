/** Private conversations as they stand in the list, and the requests of strangers. */
import type { Snowflake } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import { byAge } from "../../world/ids";
import type { World } from "../../world/world";

export const DIRECT = 1;
export const GROUP = 3;

/** When something was said last, or else when it was opened. */
export function latestIn(world: World, id: Snowflake): Snowflake {
  return world.channels.lastIn(id) ?? id;
}

function all(world: World): readonly KnownChannel[] {
  const found = [...world.channels.of("")].flatMap((id) => world.channels.byId.get(id) ?? []);
  return found.sort((one, other) => byAge(latestIn(world, other.id), latestIn(world, one.id)));
}

/** The one in which something was said last comes first. */
export function directs(world: World): readonly KnownChannel[] {
  return all(world).filter((channel) => channel.is_message_request !== true);
}

export function requests(world: World): readonly KnownChannel[] {
  return all(world).filter((channel) => channel.is_message_request === true);
}

/** The one with whom one is in a conversation of two. */
export function partnerOf({ type, recipient_ids }: KnownChannel): Snowflake | undefined {
  return type === DIRECT ? recipient_ids?.[0] : undefined;
}
