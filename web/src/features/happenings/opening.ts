/** What is planned in a server, fetched when it is opened. */
import type { ScheduledEvent, Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";
import { pathTo } from "../here.svelte";
import { withWords } from "../withWords";
import { LINK } from "./link";
import type { Occurrence } from "./recurring";

/** All of a server, or with one of them first looked at. */
export async function openHappenings(app: App, guildId: Snowflake, chosen: Snowflake | null = null): Promise<void> {
  await app.layers.dialog(() => withWords(app, () => import("./Happenings.svelte")), { guildId, chosen });
}

export function editHappening(app: App, guildId: Snowflake, event: ScheduledEvent | null): Promise<unknown> {
  return app.layers.dialog(() => withWords(app, () => import("./EditHappening.svelte")), { guildId, event });
}

export function moveOccurrence(app: App, event: ScheduledEvent, occurrence: Occurrence): Promise<unknown> {
  return app.layers.dialog(() => import("./MoveOccurrence.svelte"), { event, occurrence });
}

/** What an address leads to that names an event: its server, with the event before it. */
export async function followLink(app: App, world: World, path: string): Promise<void> {
  const [, guildId = "", eventId = ""] = LINK.exec(path) ?? [];
  const isKnown = world.guilds.byId.has(guildId);
  app.router.replace(isKnown ? pathTo(guildId, app.here.lastIn(guildId)) : app.here.lastPath);
  await app.speech.deepen();
  if (isKnown) await openHappenings(app, guildId, eventId);
  else app.layers.toast({ text: app.speech.say("happenings.gone") });
}
