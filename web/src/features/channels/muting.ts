/** Hearing nothing of a server, a channel or a conversation, for a while or until one wants to hear it again. */
import { Bell, BellOff } from "lucide";
import type { Choice } from "../../ui/layers.svelte";
import type { MuteConfig, MuteConfigInput, Snowflake } from "../../wire/types";
import type { Mute } from "../../world/mutes";
import type { App } from "../app";
import { attempt } from "../attempt";
import { Clock } from "../messages/clock";

const HOUR_S = 3600;
/** How long one may want it, in seconds; -1 is Discord's word for until one says otherwise. */
export const WINDOWS = { quarter: HOUR_S / 4, hour: HOUR_S, threeHours: 3 * HOUR_S, eightHours: 8 * HOUR_S, day: 24 * HOUR_S, always: -1 } as const;
export type Window = keyof typeof WINDOWS;

/** What is sent of it; null is to be heard again. */
interface Muting {
  readonly muted: boolean;
  readonly mute_config: MuteConfigInput | null;
}

export function mutingFor(window: Window | null, now = new Date()): Muting {
  if (window === null) return { muted: false, mute_config: null };
  const selected_time_window = WINDOWS[window];
  const end_time = window === "always" ? null : new Date(now.getTime() + selected_time_window * 1000).toISOString();
  return { muted: true, mute_config: { end_time, selected_time_window } };
}

/** Nothing where it has no end. */
export function untilWhen({ speech }: Pick<App, "speech">, config: MuteConfig | null): string | undefined {
  const end = config?.end_time;
  return end === null || end === undefined ? undefined : speech.say("channels.mutedUntil", { time: new Clock(speech.language).since(end) });
}

export function muteEntry(app: App, mute: Mute | undefined, change: (muting: Muting) => unknown): Choice {
  const { say } = app.speech;
  if (mute !== undefined) return { label: say("channels.unmute"), icon: Bell, hint: untilWhen(app, mute.config), run: () => change(mutingFor(null)) };
  const items = (Object.keys(WINDOWS) as Window[]).map((window) => ({ label: say(`channels.mute.${window}`), run: () => change(mutingFor(window)) }));
  return { label: say("channels.mute"), icon: BellOff, items };
}

export function muteGuild(app: App, guild_id: Snowflake, body: Muting): Promise<boolean> {
  return attempt(app, () => app.api.client.call("PATCH /users/@me/guilds/{guild_id}/settings", { guild_id, body }));
}

/** Private conversations are in no guild. */
export function muteChannel(app: App, guildId: Snowflake | undefined, channelId: Snowflake, muting: Muting): Promise<boolean> {
  return attempt(app, () =>
    app.api.client.call("PATCH /users/@me/guilds/{guild_id}/settings", {
      guild_id: guildId ?? "@me",
      body: { channel_overrides: { [channelId]: muting } },
    }),
  );
}
