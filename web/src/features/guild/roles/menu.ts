/** What can be done with a role from the list. */
import { Copy, Trash2 } from "lucide";
import type { Anchor, Entry } from "../../../ui/layers.svelte";
import type { Role, Snowflake } from "../../../wire/types";
import type { World } from "../../../world/world";
import type { App } from "../../app";
import { attempt } from "../../attempt";
import { pathOf } from "../pages";
import { mayEdit } from "./ranking";

export function mayDelete(world: World, guildId: Snowflake, role: Role): boolean {
  return role.id !== guildId && !role.managed && mayEdit(world, guildId, role);
}

export function openRoleMenu(app: App, world: World, guildId: Snowflake, role: Role, moves: readonly Entry[], at: Anchor): void {
  const { say } = app.speech;
  const entries: readonly (Entry | false)[] = [
    ...moves,
    { label: say("app.copyId"), icon: Copy, run: () => navigator.clipboard.writeText(role.id) },
    mayDelete(world, guildId, role) && { label: say("guild.deleteRole"), icon: Trash2, danger: true, run: () => deleteRole(app, guildId, role) },
  ];
  void app.layers.menu(at, role.name, entries.filter((entry) => entry !== false));
}

export async function deleteRole(app: App, guild_id: Snowflake, role: Role): Promise<void> {
  const { say } = app.speech;
  const sure = await app.layers.ask({
    title: say("guild.deleteRoleTitle", { role: role.name }),
    text: say("guild.deleteRoleText"),
    action: say("guild.deleteRole"),
    danger: true,
  });
  if (!sure) return;
  const isDone = await attempt(app, () => app.api.client.call("DELETE /guilds/{guild_id}/roles/{role_id}", { guild_id, role_id: role.id }));
  if (isDone) app.router.replace(pathOf(guild_id, "roles"));
}
