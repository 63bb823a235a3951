/** Opens the dialog that reports a message or a person. */
import type { Message, Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";
import { nameOf } from "./names";

export type Reported =
  | { readonly kind: "user"; readonly user_id: Snowflake }
  | { readonly kind: "message"; readonly channel_id: Snowflake; readonly message_id: Snowflake };

export function reportUser(app: App, world: World, userId: Snowflake, guildId: Snowflake | null): void {
  const name = nameOf(world, userId, guildId);
  void app.layers.dialog(() => import("./ReportDialog.svelte"), { subject: { kind: "user", user_id: userId }, name, guildId });
}

export function reportMessage(app: App, world: World, { id, channel_id, author }: Message): void {
  const guildId = world.guildOf(channel_id) ?? null;
  const subject = { kind: "message", channel_id, message_id: id } as const;
  void app.layers.dialog(() => import("./ReportDialog.svelte"), { subject, name: nameOf(world, author.id, guildId, author), guildId });
}
