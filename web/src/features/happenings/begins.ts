/** Tells whoever wants to come that something begins. */
import { isExpected } from "../../rest/errors";
import type { Live } from "../../store/live.svelte";
import type { ScheduledEvent } from "../../wire/types";
import { isQuiet } from "../../world/telling";
import type { World } from "../../world/world";
import type { App } from "../app";
import { Crowds } from "./crowds.svelte";
import { openHappenings } from "./opening";
import { currentOf } from "./recurring";

export async function tellBeginning(app: App, live: Live, event: ScheduledEvent): Promise<void> {
  if (!isHeard(live.world, event, new Date())) return;
  const crowds = new Crowds(app, live, event.guild_id);
  try {
    await crowds.load();
  } catch (problem) {
    // Whether one comes is not known then.
    if (!isExpected(problem)) throw problem;
    return;
  }
  if (!crowds.comes(event.id, currentOf(event).id)) return;
  const { say } = app.speech;
  const text = say("happenings.begins", { name: event.name });
  const run = () => void openHappenings(app, event.guild_id, event.id);
  app.layers.toast({ text, kind: "good", action: { label: say("happenings.look"), run } });
  if (app.preferences.all.desktop && !document.hasFocus() && Notification.permission === "granted") notify(text, event, run);
}

/** The rule by which the server pushes. */
export function isHeard(world: World, { guild_id, channel_id }: Pick<ScheduledEvent, "guild_id" | "channel_id">, now: Date): boolean {
  if (isQuiet(world.notifications.everywhere.quiet_hours, now) || world.isGuildMuted(guild_id)) return false;
  return world.notifications.byGuild.get(guild_id)?.mute_scheduled_events !== true && (channel_id === null || !world.isMuted(channel_id));
}

function notify(text: string, { id }: ScheduledEvent, run: () => void): void {
  const notice = new Notification(text, { tag: id });
  notice.onclick = () => {
    focus();
    run();
    notice.close();
  };
}
