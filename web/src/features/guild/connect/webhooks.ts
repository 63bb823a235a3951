/** Webhooks: those that others write through, and those that bring what other channels publish. */
import { has } from "../../../permissions/permissions";
import type { Snowflake } from "../../../wire/types";
import { isForum } from "../../../world/channels";
import type { World } from "../../../world/world";
import { ANNOUNCEMENT, listed, TEXT, VOICE } from "../../channels/listed";

export const FOLLOWER = 2;

const HOOKED: ReadonlySet<number> = new Set([TEXT, VOICE, ANNOUNCEMENT]);

/** Where one may let others write. */
export function hookable(world: World, guildId: Snowflake): readonly { readonly value: Snowflake; readonly label: string }[] {
  return listed(world, guildId)
    .flatMap(({ channels }) => channels.map(({ channel }) => channel))
    .filter((channel) => HOOKED.has(channel.type) || isForum(channel))
    .filter(({ id }) => has(world.permissions(id), "MANAGE_WEBHOOKS"))
    .map(({ id, name }) => ({ value: id, label: `#${name ?? ""}` }));
}
