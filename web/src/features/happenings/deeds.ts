/** What can be done with something that is planned, each with the words that ask for it. */
import { CalendarArrowDown, CalendarX, Copy, Link, Play, Square, SquarePen, Users } from "lucide";
import type { Anchor, Entry } from "../../ui/layers.svelte";
import type { ScheduledEvent } from "../../wire/types";
import { ACTIVE, CANCELED, COMPLETED } from "../../world/happenings";
import type { World } from "../../world/world";
import type { App } from "../app";
import { attempt } from "../attempt";
import { calendarOf, save } from "./calendar";
import { mayTouch } from "./may";
import { editHappening } from "./opening";

export function openHappeningMenu(app: App, world: World, event: ScheduledEvent, at: Anchor): void {
  const { say } = app.speech;
  const isLive = event.status === ACTIVE;
  const may = mayTouch(world, event);
  const copy = (text: string) => navigator.clipboard.writeText(text);
  const entries: readonly (Entry | false)[] = [
    may && isLive && { label: say("happenings.end"), icon: Square, run: () => end(app, event) },
    may && !isLive && { label: say("happenings.start"), icon: Play, run: () => step(app, event, ACTIVE) },
    may && { label: say("happenings.edit"), icon: SquarePen, run: () => editHappening(app, event.guild_id, event) },
    { label: say("happenings.crowd"), icon: Users, run: () => app.layers.dialog(() => import("./Crowd.svelte"), { event }) },
    { label: say("happenings.copyLink"), icon: Link, run: () => copy(linkTo(event)) },
    { label: say("happenings.save"), icon: CalendarArrowDown, run: () => save(event.name, calendarOf(event, placeOf(world, event), linkTo(event), new Date())) },
    app.preferences.all.developer && { label: say("app.copyId"), icon: Copy, run: () => copy(event.id) },
    may && !isLive && "line",
    may && !isLive && { label: say("happenings.cancel"), icon: CalendarX, danger: true, run: () => cancel(app, event) },
  ];
  void app.layers.menu(at, event.name, entries.filter((entry) => entry !== false));
}

function linkTo({ guild_id, id }: Pick<ScheduledEvent, "guild_id" | "id">): string {
  return `${location.origin}/events/${guild_id}/${id}`;
}

function placeOf(world: World, { channel_id, entity_metadata }: ScheduledEvent): string {
  return entity_metadata?.location ?? world.channels.byId.get(channel_id ?? "")?.name ?? "";
}

async function end(app: App, event: ScheduledEvent): Promise<void> {
  const { say } = app.speech;
  const question = { title: say("happenings.endTitle", { name: event.name }), text: say("happenings.endText"), action: say("happenings.end") };
  if (await app.layers.ask(question)) await step(app, event, COMPLETED);
}

async function cancel(app: App, event: ScheduledEvent): Promise<void> {
  const { say } = app.speech;
  const text = say(event.recurrence_rule === null ? "happenings.cancelText" : "happenings.cancelAllText");
  const question = { title: say("happenings.cancelTitle", { name: event.name }), text, action: say("happenings.cancel"), danger: true };
  if (await app.layers.ask(question)) await step(app, event, CANCELED);
}

function step(app: App, { guild_id, id }: ScheduledEvent, status: typeof ACTIVE | typeof COMPLETED | typeof CANCELED): Promise<boolean> {
  return attempt(app, () =>
    app.api.client.call("PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}", { guild_id, guild_scheduled_event_id: id, body: { status } }),
  );
}
