/** What can be done with a thread, from the list, from its header and from its chip. */
import { Archive, ArchiveRestore, Bell, Check, Copy, Lock, LockOpen, Pencil, Pin, PinOff, Trash2, UserMinus, UserPlus, Users } from "lucide";
import { grouped } from "../../ui/entries";
import type { Anchor, Choice } from "../../ui/layers.svelte";
import { isForum, type KnownChannel } from "../../world/channels";
import { isArchived, isLocked, isPinned } from "../../world/threads";
import type { World } from "../../world/world";
import type { App } from "../app";
import { muteEntry } from "../channels/muting";
import { pathTo } from "../here.svelte";
import { change, follow, hear, levelOf, LEVELS, pin, read, remove, unfollow, type Level } from "./deeds";
import { mayIn, type MayInThread } from "./may";

type Part = readonly (Choice | false)[];

export function openThreadMenu(app: App, world: World, thread: KnownChannel, at: Anchor): void {
  const may = mayIn(world, thread);
  const entries = grouped([following(app, world, thread, may), taking(app, thread), changing(app, world, thread, may), ending(app, world, thread, may)]);
  void app.layers.menu(at, thread.name ?? "", entries);
}

function following(app: App, world: World, thread: KnownChannel, may: MayInThread): Part {
  const { say } = app.speech;
  const { id } = thread;
  const own = world.threads.own.get(id);
  if (own === undefined) return [may.join && { label: say("threads.follow"), icon: UserPlus, run: () => follow(app, id) }];
  const level = levelOf(own);
  return [
    world.isUnread(id) && { label: say("channels.read"), icon: Check, run: () => read(app, world, id) },
    muteEntry(app, world.ownMute(id), (muting) => hear(app, id, muting)),
    {
      label: say("channels.notices"),
      icon: Bell,
      items: (Object.keys(LEVELS) as Level[]).map((one) => ({
        label: say(`threads.level.${one}`),
        checked: one === level,
        run: () => hear(app, id, { flags: LEVELS[one] }),
      })),
    },
    may.join && { label: say("threads.unfollow"), icon: UserMinus, run: () => unfollow(app, id) },
  ];
}

function taking(app: App, thread: KnownChannel): Part {
  const { say } = app.speech;
  const link = location.origin + pathTo(thread.guild_id ?? null, thread.id);
  return [
    { label: say("threads.crowd"), icon: Users, run: () => app.layers.dialog(() => import("./Crowd.svelte"), { thread }) },
    { label: say("channels.copyLink"), icon: Copy, run: () => navigator.clipboard.writeText(link) },
    app.preferences.all.developer && { label: say("app.copyId"), icon: Copy, run: () => navigator.clipboard.writeText(thread.id) },
  ];
}

function changing(app: App, world: World, thread: KnownChannel, may: MayInThread): Part {
  const { say } = app.speech;
  const sleeps = isArchived(thread);
  const shut = isLocked(thread);
  const pinned = isPinned(thread);
  const parent = world.channels.byId.get(thread.parent_id ?? "");
  const inForum = parent !== undefined && isForum(parent);
  const alter = (body: Parameters<typeof change>[3]) => change(app, world, thread.id, body);
  return [
    may.change && !sleeps && { label: say("threads.edit"), icon: Pencil, run: () => app.layers.dialog(() => import("./EditThread.svelte"), { thread }) },
    may.manage && inForum && !sleeps && { label: say(pinned ? "threads.unpin" : "threads.pin"), icon: pinned ? PinOff : Pin, run: () => pin(app, world, thread) },
    sleeps
      ? may.wake && { label: say("threads.wake"), icon: ArchiveRestore, run: () => alter({ archived: false }) }
      : may.change && { label: say("threads.archive"), icon: Archive, run: () => alter({ archived: true }) },
    may.manage && { label: say(shut ? "threads.unlock" : "threads.lock"), icon: shut ? LockOpen : Lock, run: () => alter(shut ? { archived: false, locked: false } : { archived: true, locked: true }) },
  ];
}

function ending(app: App, world: World, thread: KnownChannel, may: MayInThread): Part {
  return [may.manage && { label: app.speech.say("threads.delete"), icon: Trash2, danger: true, run: () => remove(app, world, thread) }];
}
