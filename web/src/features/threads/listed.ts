/** Which threads stand below a channel in the list: those one follows, and the one that is open. */
import type { Snowflake } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import { byAge } from "../../world/ids";
import type { World } from "../../world/world";

/** The newest first: a row does not move when somebody speaks. */
export function threadsBelow(world: World, channelId: Snowflake, open: Snowflake | null): readonly KnownChannel[] {
  return [...world.threads.below(channelId)]
    .flatMap((id) => world.channels.byId.get(id) ?? [])
    .filter(({ id }) => (id === open || world.isFollowed(id)) && world.isOpen(id))
    .sort((one, other) => byAge(other.id, one.id));
}
