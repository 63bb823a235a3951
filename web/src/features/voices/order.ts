/** What can be done about somebody in a voice channel: for oneself, and by who keeps order there. */
import { ArrowLeftRight, Hand, HeadphoneOff, LogOut, MicOff, VolumeX } from "lucide";
import { has } from "../../permissions/permissions";
import type { Entry } from "../../ui/layers.svelte";
import type { ModifyMemberInput } from "../../wire/types";
import type { KnownVoice } from "../../world/voices";
import type { World } from "../../world/world";
import type { App } from "../app";
import { attempt } from "../attempt";
import { listed, STAGE, WITH_SOUND } from "../channels/listed";

export function orderEntries(app: App, world: World, state: KnownVoice): readonly Entry[] {
  const { say } = app.speech;
  const { user_id, guild_id, channel_id, mute, deaf, suppress } = state;
  const mine = world.permissions(channel_id);
  const isStage = world.channels.byId.get(channel_id)?.type === STAGE;
  const change = (body: ModifyMemberInput) => attempt(app, () => app.api.client.call("PATCH /guilds/{guild_id}/members/{user_id}", { guild_id, user_id, body }));
  const entries: readonly (Entry | false)[] = [
    world.people.me !== user_id && silence(app, user_id),
    isStage && has(mine, "MUTE_MEMBERS") && { label: say(suppress ? "voices.order.raise" : "voices.order.lower"), icon: Hand, run: () => suppressed(app, state, !suppress) },
    has(mine, "MUTE_MEMBERS") && { label: say("voices.order.mute"), icon: MicOff, checked: mute, run: () => change({ mute: !mute }) },
    has(mine, "DEAFEN_MEMBERS") && { label: say("voices.order.deaf"), icon: HeadphoneOff, checked: deaf, run: () => change({ deaf: !deaf }) },
    has(mine, "MOVE_MEMBERS") && { label: say("voices.order.move"), icon: ArrowLeftRight, items: places(world, state).map(({ id, name }) => ({ label: name ?? "", run: () => change({ channel_id: id }) })) },
    has(mine, "MOVE_MEMBERS") && { label: say("voices.order.out"), icon: LogOut, danger: true, run: () => change({ channel_id: null }) },
  ];
  return entries.filter((entry) => entry !== false);
}

/** Whether one hears what somebody plays; nobody else learns of it. */
function silence({ preferences, speech }: App, userId: string): Entry {
  const { boardSilenced } = preferences.all;
  const checked = boardSilenced.includes(userId);
  const others = boardSilenced.filter((id) => id !== userId);
  return { label: speech.say("voices.silence"), icon: VolumeX, checked, run: () => preferences.set({ boardSilenced: checked ? others : [...others, userId] }) };
}

function suppressed(app: App, { guild_id, user_id, channel_id }: KnownVoice, suppress: boolean): Promise<boolean> {
  return attempt(app, () => app.api.client.call("PATCH /guilds/{guild_id}/voice-states/{user_id}", { guild_id, user_id, body: { channel_id, suppress } }));
}

/** Where somebody can be brought to. */
function places(world: World, { guild_id, channel_id }: KnownVoice) {
  const all = listed(world, guild_id).flatMap(({ channels }) => channels.map(({ channel }) => channel));
  return all.filter(({ id, type }) => WITH_SOUND.has(type) && id !== channel_id && has(world.permissions(id), "CONNECT", "MOVE_MEMBERS"));
}
