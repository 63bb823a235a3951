/** Looking around in a server as a member would who has some roles and no others. */
import type { Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";

/** Begin, where people talk. One is one person at a time. */
export function lookAround(app: App, world: World, guildId: Snowflake, roleIds: readonly Snowflake[]): void {
  world.guises.become([[guildId, roleIds]]);
  app.here.open(guildId);
}

/** With a role, or without it if it is among them. */
export function switched(roleIds: readonly Snowflake[], id: Snowflake): readonly Snowflake[] {
  return roleIds.includes(id) ? roleIds.filter((one) => one !== id) : [...roleIds, id];
}
