/** Shows who somebody is: a card beside what was pressed, or all of it in a dialog. */
import type { Anchor } from "../../ui/layers.svelte";
import type { Snowflake } from "../../wire/types";
import type { App } from "../app";

export function openProfile(app: App, anchor: Anchor, userId: Snowflake, guildId: Snowflake | null = null): void {
  void app.layers.float(anchor, () => import("./Card.svelte"), { userId, guildId }, { side: "end", label: app.speech.say("people.profile") });
}

export function openFullProfile(app: App, userId: Snowflake, guildId: Snowflake | null = null): void {
  void app.layers.dialog(() => import("./FullProfile.svelte"), { userId, guildId });
}
