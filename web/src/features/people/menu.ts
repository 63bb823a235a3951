/** What can be done with somebody: the menu of a member, an author or a friend. */
import { AtSign, Ban, Check, Clock, Copy, EyeOff, Flag, MessageCircle, Pencil, Shield, User, UserMinus, UserPlus, UserX } from "lucide";
import { has } from "../../permissions/permissions";
import { grouped } from "../../ui/entries";
import type { Anchor, Choice, Entry } from "../../ui/layers.svelte";
import type { Live } from "../../store/live.svelte";
import type { Snowflake } from "../../wire/types";
import { mayActOn, mayTimeOut, outranks, rolesToGive } from "../../world/ranks";
import { BLOCKED, FRIEND, INCOMING, OUTGOING } from "../../world/relationships";
import type { World } from "../../world/world";
import type { App } from "../app";
import type { Pen } from "../chat/pen";
import { appEntries } from "../commands/apps";
import { OF_PERSON } from "../commands/usable";
import { befriend, block, dropRelationship, ignore, unfriend, writeTo } from "./deeds";
import { ban, endTimeOut, giveRole, kick, timeOut } from "./moderation";
import { nameOf } from "./names";
import { openFullProfile } from "./openProfile";
import { reportUser } from "./report";

export interface UserMenuOptions {
  /** What a mention is written with; without it, nobody can be mentioned from here. */
  readonly pen?: Pen;
  /** Where somebody is met in a conversation, so that its applications have a say. */
  readonly live?: Live;
  /** What can be done besides, where the menu was opened. */
  readonly more?: readonly Entry[];
}

export function userMenu(
  app: App,
  world: World,
  userId: Snowflake,
  guildId: Snowflake | null = null,
  options: UserMenuOptions = {},
): readonly Entry[] {
  const { say } = app.speech;
  const { pen, more = [] } = options;
  const username = world.people.users.get(userId)?.username ?? "";
  const isMe = world.people.me === userId;
  const isMember = guildId !== null && world.people.member(guildId, userId) !== undefined;
  return grouped([
    [
      { label: say("people.profile"), icon: User, run: () => openFullProfile(app, userId, guildId) },
      pen !== undefined && { label: say("people.mention"), icon: AtSign, run: () => pen.write(`@${username}`) },
      !isMe && { label: say("people.message"), icon: MessageCircle, run: () => writeTo(app, world, userId) },
    ],
    isMember ? memberEntries(app, world, userId, guildId) : [],
    isMe ? [] : relationEntries(app, world, userId),
    more,
    isMember ? orderEntries(app, world, userId, guildId) : [],
    [
      !isMe && { label: say("people.report"), icon: Flag, danger: true, run: () => reportUser(app, world, userId, guildId) },
      app.preferences.all.developer && { label: say("app.copyId"), icon: Copy, run: () => navigator.clipboard.writeText(userId) },
    ],
  ]);
}

export async function openUserMenu(
  app: App,
  world: World,
  at: Anchor,
  userId: Snowflake,
  guildId: Snowflake | null = null,
  { live, more = [], ...options }: UserMenuOptions = {},
): Promise<void> {
  const { channelId } = app.here;
  const apps = live === undefined || channelId === null ? [] : await appEntries({ app, live }, channelId, OF_PERSON, userId);
  await app.layers.menu(at, nameOf(world, userId, guildId), userMenu(app, world, userId, guildId, { ...options, more: [...apps, ...more] }));
}

function memberEntries(app: App, world: World, userId: Snowflake, guildId: Snowflake): readonly (Choice | false)[] {
  const { say } = app.speech;
  const isMe = world.people.me === userId;
  const mayName = isMe
    ? has(world.guildPermissions(guildId), "CHANGE_NICKNAME")
    : mayActOn(world, guildId, userId, "MANAGE_NICKNAMES");
  const roles = isMe || outranks(world, guildId, userId) ? rolesToGive(world, guildId) : [];
  const held = world.people.member(guildId, userId)?.roles ?? [];
  return [
    isMe && { label: say("people.editServerProfile"), icon: Pencil, run: () => app.router.go("/settings/profile") },
    mayName && { label: say("people.changeNickname"), icon: Pencil, run: () => app.layers.dialog(() => import("./Nickname.svelte"), { userId, guildId }) },
    roles.length > 0 && {
      label: say("people.roles"),
      icon: Shield,
      items: roles.map(({ id, name }) => ({
        label: name,
        checked: held.includes(id),
        run: () => giveRole(app, guildId, userId, id, !held.includes(id)),
      })),
    },
  ];
}

function relationEntries(app: App, world: World, userId: Snowflake): readonly (Choice | false)[] {
  const { say } = app.speech;
  const relationship = world.relationships.byId.get(userId);
  const isFriend = relationship?.type === FRIEND;
  const isBlocked = relationship?.type === BLOCKED;
  const isIgnored = relationship?.user_ignored === true;
  const isBot = world.people.users.get(userId)?.bot === true;
  return [
    isFriend && { label: say("people.nicknameFriendEntry"), icon: Pencil, run: () => app.layers.dialog(() => import("./Nickname.svelte"), { userId, guildId: null }) },
    !isBot && friendEntry(app, world, userId, relationship?.type),
    !isBlocked && { label: say(isIgnored ? "people.unignore" : "people.ignore"), icon: EyeOff, run: () => ignore(app, userId, !isIgnored) },
    isBlocked
      ? { label: say("people.unblock"), icon: Ban, run: () => dropRelationship(app, userId) }
      : { label: say("people.block"), icon: Ban, danger: true, run: () => block(app, world, userId) },
  ];
}

function friendEntry(app: App, world: World, userId: Snowflake, type: number | undefined): Choice | false {
  const { say } = app.speech;
  if (type === FRIEND) return { label: say("people.unfriend"), icon: UserMinus, run: () => unfriend(app, world, userId) };
  if (type === INCOMING) return { label: say("people.accept"), icon: Check, run: () => befriend(app, userId) };
  if (type === OUTGOING) return { label: say("people.takeBack"), icon: UserX, run: () => dropRelationship(app, userId) };
  return type === BLOCKED ? false : { label: say("people.addFriend"), icon: UserPlus, run: () => befriend(app, userId) };
}

function orderEntries(app: App, world: World, userId: Snowflake, guildId: Snowflake): readonly (Choice | false)[] {
  const { say } = app.speech;
  const name = nameOf(world, userId, guildId);
  const isSilenced = world.standing(guildId, userId)?.timedOut === true;
  const maySilence = mayTimeOut(world, guildId, userId);
  return [
    maySilence && isSilenced && { label: say("people.endTimeOut", { name }), icon: Clock, run: () => endTimeOut(app, guildId, userId) },
    maySilence && !isSilenced && { label: say("people.timeOutWhom", { name }), icon: Clock, danger: true, run: () => timeOut(app, world, guildId, userId) },
    mayActOn(world, guildId, userId, "KICK_MEMBERS") && { label: say("people.kickWhom", { name }), icon: UserX, danger: true, run: () => kick(app, world, guildId, userId) },
    mayActOn(world, guildId, userId, "BAN_MEMBERS") && { label: say("people.banWhom", { name }), icon: Ban, danger: true, run: () => ban(app, world, guildId, userId) },
  ];
}
