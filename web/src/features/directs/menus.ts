/** What can be done with a private conversation. */
import { Check, Copy, LogOut, Pencil, UserPlus, X } from "lucide";
import type { Anchor, Entry } from "../../ui/layers.svelte";
import type { Snowflake } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import type { World } from "../../world/world";
import type { App } from "../app";
import { attempt } from "../attempt";
import { muteChannel, muteEntry } from "../channels/muting";
import { acknowledge } from "../channels/reading";
import { pathTo } from "../here.svelte";
import { userMenu } from "../people/menu";
import { titleOf } from "../people/names";
import { GROUP, partnerOf } from "./listed";

const ACCEPTED = 2;

export function openDirectMenu(app: App, world: World, channel: KnownChannel, at: Anchor): void {
  void app.layers.menu(at, titleOf(world, channel), directMenu(app, world, channel));
}

export function directMenu(app: App, world: World, channel: KnownChannel): readonly Entry[] {
  const { say } = app.speech;
  const channelId = channel.id;
  const last = world.channels.lastIn(channelId);
  const partner = partnerOf(channel);
  const entries: readonly (Entry | false)[] = [
    last !== null && world.isUnread(channelId) && { label: say("channels.read"), icon: Check, run: () => acknowledge(app, channelId, last) },
    muteEntry(app, world.ownMute(channelId), (muting) => muteChannel(app, undefined, channelId, muting)),
    channel.type === GROUP && { label: say("friends.editGroup"), icon: Pencil, run: () => app.layers.dialog(() => import("./EditGroup.svelte"), { channelId }) },
    { label: say(channel.type === GROUP ? "friends.addPeople" : "friends.makeGroup"), icon: UserPlus, run: () => app.layers.dialog(() => import("./AddPeople.svelte"), { channelId }) },
    channel.type === GROUP
      ? { label: say("friends.leave"), icon: LogOut, danger: true, run: () => leave(app, world, channel) }
      : { label: say("friends.close"), icon: X, run: () => leave(app, world, channel) },
    ...(partner === undefined
      ? [app.preferences.all.developer && ({ label: say("app.copyId"), icon: Copy, run: () => navigator.clipboard.writeText(channelId) } as const)]
      : (["line", ...userMenu(app, world, partner)] as const)),
  ];
  return entries.filter((entry) => entry !== false);
}

/** A conversation of two is put out of sight and comes back with the next message; a group is left. */
export async function leave(app: App, world: World, channel: KnownChannel): Promise<void> {
  const { say } = app.speech;
  const isGroup = channel.type === GROUP;
  const sure =
    !isGroup ||
    (await app.layers.ask({
      title: say("friends.leaveTitle", { name: titleOf(world, channel) || say("friends.emptyGroup") }),
      text: say("friends.leaveText"),
      action: say("friends.leave"),
      danger: true,
    }));
  if (!sure) return;
  if (app.here.channelId === channel.id) app.router.go(pathTo(null));
  await attempt(app, () => app.api.client.call("DELETE /channels/{channel_id}", { channel_id: channel.id }));
}

export function acceptRequest(app: App, channel_id: Snowflake): Promise<boolean> {
  return attempt(app, async () => {
    await app.api.client.call("PUT /channels/{channel_id}/recipients/@me", { channel_id, body: { consent_status: ACCEPTED } });
    app.here.open(null, channel_id);
  });
}

export function rejectRequest(app: App, channel_id: Snowflake): Promise<boolean> {
  return attempt(app, () => app.api.client.call("DELETE /channels/{channel_id}/recipients/@me", { channel_id }));
}

export function rejectAll(app: App, channel_ids: readonly Snowflake[]): Promise<boolean> {
  return attempt(app, () => app.api.client.call("PUT /channels/recipients/@me/batch-reject", { body: { channel_ids } }));
}
