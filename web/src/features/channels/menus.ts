/** What can be done with a server, a category and a channel from the list. */
import { Check, Copy, Hash, Link2, ListFilter, LogOut, Plus, Settings2, Spool, UserPlus, Trash2 } from "lucide";
import { has } from "../../permissions/permissions";
import type { Anchor, Entry } from "../../ui/layers.svelte";
import type { Snowflake } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import type { World } from "../../world/world";
import type { App } from "../app";
import { pathTo } from "../here.svelte";
import { attempt } from "../attempt";
import { muteChannel, muteEntry, muteGuild } from "./muting";
import { acknowledge } from "./reading";
import { movesOf } from "../moves";
import { mayStart } from "../threads/may";
import { browseThreads, startThread } from "../threads/opening";
import { holdsThreads, listed } from "./listed";

/** Moves a channel one place up or down. */
type Step = (channel: KnownChannel, by: -1 | 1) => void;

const kept = (entry: Entry | false): entry is Entry => entry !== false;

export function openGuildMenu(app: App, world: World, guildId: Snowflake, at: Anchor, more: readonly Entry[] = []): void {
  const { say } = app.speech;
  const guild = world.guilds.byId.get(guildId);
  if (guild === undefined) return;
  const mine = world.guildPermissions(guildId);
  const entries: readonly (Entry | false)[] = [
    { label: say("channels.invite"), icon: UserPlus, run: () => inviteToGuild(app, world, guildId) },
    has(mine, "MANAGE_GUILD") && { label: say("channels.settings"), icon: Settings2, run: () => app.router.go(`/guilds/${guildId}/overview`) },
    has(mine, "MANAGE_CHANNELS") && { label: say("channels.new"), icon: Hash, run: () => createChannel(app, guildId, null) },
    "line",
    { label: say("channels.readAll"), icon: Check, run: () => attempt(app, () => app.api.client.call("POST /guilds/{guild_id}/ack", { guild_id: guildId })) },
    muteEntry(app, world.guildMute(guildId), (muting) => muteGuild(app, guildId, muting)),
    ...more,
    "line",
    { label: say("content.place.browse"), icon: ListFilter, run: () => app.router.go(`${pathTo(guildId)}/browse`) },
    { label: say("content.place.roles"), icon: Link2, run: () => app.router.go(`${pathTo(guildId)}/linked-roles`) },
    app.preferences.all.developer && { label: say("app.copyId"), icon: Copy, run: () => navigator.clipboard.writeText(guildId) },
    !world.isOwner(guildId) && { label: say("channels.leave"), icon: LogOut, danger: true, run: () => leave(app, guildId, guild.name) },
  ];
  void app.layers.menu(at, guild.name, entries.filter(kept));
}

export function openCategoryMenu(app: App, world: World, category: KnownChannel, at: Anchor, step: Step): void {
  const { say } = app.speech;
  const guildId = category.guild_id ?? "";
  const mine = world.permissions(category.id);
  const entries: readonly (Entry | false)[] = [
    muteEntry(app, world.ownMute(category.id), (muting) => muteChannel(app, guildId, category.id, muting)),
    has(mine, "MANAGE_CHANNELS") && { label: say("channels.new"), icon: Hash, run: () => createChannel(app, guildId, category.id) },
    has(mine, "MANAGE_CHANNELS") && { label: say("channels.edit", { channel: category.name ?? "" }), icon: Settings2, run: () => app.router.go(`/guilds/${guildId}/channels/${category.id}`) },
    ...(has(mine, "MANAGE_CHANNELS") ? movesOf(app, (by) => step(category, by)) : []),
    app.preferences.all.developer && { label: say("app.copyId"), icon: Copy, run: () => navigator.clipboard.writeText(category.id) },
  ];
  void app.layers.menu(at, category.name ?? "", entries.filter(kept));
}

export function openChannelMenu(app: App, world: World, channel: KnownChannel, at: Anchor, step: Step): void {
  const { say } = app.speech;
  const guildId = channel.guild_id ?? "";
  const last = world.channels.lastIn(channel.id);
  const start = mayStart(world, channel);
  const mine = world.permissions(channel.id);
  const entries: readonly (Entry | false)[] = [
    last !== null && world.isUnread(channel.id) && { label: say("channels.read"), icon: Check, run: () => acknowledge(app, channel.id, last) },
    muteEntry(app, world.ownMute(channel.id), (muting) => muteChannel(app, guildId, channel.id, muting)),
    holdsThreads(channel) && { label: say("chat.threads"), icon: Spool, run: () => browseThreads(app, channel.id) },
    (start.open || start.closed) && { label: say("messages.startThread"), icon: Plus, run: () => startThread(app, world, channel.id, null) },
    has(mine, "CREATE_INSTANT_INVITE") && { label: say("channels.invite"), icon: UserPlus, run: () => invite(app, channel) },
    { label: say("channels.copyLink"), icon: Copy, run: () => navigator.clipboard.writeText(location.origin + pathTo(guildId, channel.id)) },
    has(mine, "MANAGE_MESSAGES", "READ_MESSAGE_HISTORY", "VIEW_AUDIT_LOG") && { label: say("messages.deletedTitle"), icon: Trash2, run: () => app.layers.dialog(() => import("../messages/Deleted.svelte"), { channelId: channel.id, guildId }) },
    has(mine, "MANAGE_CHANNELS") && { label: say("channels.edit", { channel: channel.name ?? "" }), icon: Settings2, run: () => app.router.go(`/guilds/${guildId}/channels/${channel.id}`) },
    ...(has(mine, "MANAGE_CHANNELS") ? movesOf(app, (by) => step(channel, by)) : []),
    app.preferences.all.developer && { label: say("app.copyId"), icon: Copy, run: () => navigator.clipboard.writeText(channel.id) },
  ];
  void app.layers.menu(at, channel.name ?? "", entries.filter(kept));
}

/** What one hears of a channel or a conversation. */
export function openNoticesMenu(app: App, world: World, channel: KnownChannel, at: Anchor): void {
  const { say } = app.speech;
  void app.layers.menu(at, say("channels.notices"), [
    muteEntry(app, world.ownMute(channel.id), (muting) => muteChannel(app, channel.guild_id, channel.id, muting)),
    { label: say("channels.allNotices"), icon: Settings2, run: () => app.router.go("/settings/notifications") },
  ]);
}

export function invite(app: App, channel: KnownChannel): void {
  void app.layers.dialog(() => import("./InvitePeople.svelte"), { channelId: channel.id, name: channel.name ?? "" });
}

function inviteToGuild(app: App, world: World, guildId: Snowflake): void {
  const all = listed(world, guildId).flatMap(({ channels }) => channels);
  const found = all.find(({ id, isTalk }) => isTalk && has(world.permissions(id), "CREATE_INSTANT_INVITE"));
  if (found) invite(app, found.channel);
}

export function createChannel(app: App, guildId: Snowflake, parentId: Snowflake | null): void {
  void app.layers.dialog(() => import("./NewChannel.svelte"), { guildId, parentId });
}

async function leave(app: App, guild_id: Snowflake, name: string): Promise<void> {
  const { say } = app.speech;
  const sure = await app.layers.ask({
    title: say("channels.leaveTitle", { guild: name }),
    text: say("channels.leaveText"),
    action: say("channels.leave"),
    danger: true,
  });
  if (sure) await attempt(app, () => app.api.client.call("DELETE /users/@me/guilds/{guild_id}", { guild_id }));
}
