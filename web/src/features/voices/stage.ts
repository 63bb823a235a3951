/** Who speaks on a stage: asked for, given, and given up again. */
import { has } from "../../permissions/permissions";
import type { KnownVoice } from "../../world/voices";
import type { World } from "../../world/world";
import type { App } from "../app";
import { attempt } from "../attempt";
import { STAGE } from "../channels/listed";

export interface Floor {
  readonly label: string;
  readonly isOn?: boolean;
  readonly run: () => unknown;
}

/** The one thing to do about one's own part of it; nothing, where there is no stage. */
export function floorOf(app: App, world: World, seat: KnownVoice): Floor | null {
  const { say } = app.speech;
  if (world.channels.byId.get(seat.channel_id)?.type !== STAGE) return null;
  const mine = world.permissions(seat.channel_id);
  const asks = seat.request_to_speak_timestamp !== null;
  if (!seat.suppress && asks) return { label: say("voices.speak"), run: () => change(app, seat, { suppress: false }) };
  if (!seat.suppress) return { label: say("voices.stepDown"), isOn: true, run: () => change(app, seat, { suppress: true }) };
  if (has(mine, "MUTE_MEMBERS")) return { label: say("voices.speak"), run: () => change(app, seat, { suppress: false }) };
  if (!has(mine, "REQUEST_TO_SPEAK")) return null;
  const request_to_speak_timestamp = asks ? null : new Date().toISOString();
  return { label: say("voices.ask"), isOn: asks, run: () => change(app, seat, { request_to_speak_timestamp }) };
}

interface Change {
  readonly suppress?: boolean;
  readonly request_to_speak_timestamp?: string | null;
}

function change(app: App, { guild_id, channel_id }: KnownVoice, body: Change): Promise<boolean> {
  return attempt(app, () => app.api.client.call("PATCH /guilds/{guild_id}/voice-states/@me", { guild_id, body: { channel_id, ...body } }));
}
