/** The menu of a message: all that its toolbar offers, and the rest. */
import { BookmarkPlus, CheckCheck, Copy, Flag, Forward, Hash, History, Link, ListChecks, Megaphone, Pencil, Pin, PinOff, Reply, SmilePlus, Spool, Trash2, Unlink, Volume2, X } from "lucide";
import { grouped } from "../../ui/entries";
import type { Anchor, Choice, Entry } from "../../ui/layers.svelte";
import type { Message } from "../../wire/types";
import { bookmark } from "../bookmarks/keeping";
import type { Talk } from "../chat/talk.svelte";
import { appEntries } from "../commands/apps";
import { OF_MESSAGE } from "../commands/usable";
import { reportMessage } from "../people/report";
import { startThread } from "../threads/opening";
import { authorName } from "./authors";
import { addReaction, clearReactions, copy, hideEmbeds, leaveUnread, linkTo, pin, publish, react, remove, speak, type Scene } from "./deeds";
import type { List } from "./list.svelte";
import { mayOf, type May } from "./may";
import { inOneLine } from "./oneLine";
import { recentReactions } from "./recents";

const OFFERED = 8;

export interface MessageScene extends Scene {
  readonly list: List;
  readonly talk: Talk;
}

type Part = readonly (Choice | false)[];

export async function openMessageMenu(scene: MessageScene, message: Message, at: Anchor): Promise<void> {
  const { app, world, list } = scene;
  const label = app.speech.say("messages.menu", { author: authorName(world, message, list.guildId) });
  const apps = await appEntries({ app, live: list.live }, message.channel_id, OF_MESSAGE, message.id);
  await list.whileOpen(message.id, () => app.layers.menu(at, label, messageEntries(scene, message, at, apps)));
}

function messageEntries(scene: MessageScene, message: Message, at: Anchor, apps: readonly Entry[]): readonly Entry[] {
  const may = mayOf(scene.world, message);
  return grouped([
    reacting(scene, message, may, at),
    saying(scene, message, may),
    keeping(scene, message, may),
    apps,
    taking(scene, message),
    removing(scene, message, may),
  ]);
}

function reacting(scene: MessageScene, message: Message, may: May, at: Anchor): Part {
  const { app } = scene;
  const { say } = app.speech;
  const emojis = recentReactions(app.preferences, OFFERED);
  return [
    may.react && {
      label: say("messages.react"),
      icon: SmilePlus,
      items: [
        ...emojis.map((emoji) => ({ label: emoji.name ?? "", run: () => react(scene, message, emoji, true) })),
        "line",
        { label: say("messages.otherReaction"), icon: SmilePlus, run: () => addReaction(scene, message, at) },
      ],
    },
    message.reactions !== undefined && {
      label: say("messages.reactionsLabel"),
      run: () => app.layers.dialog(() => import("./Reactors.svelte"), { message, first: message.reactions?.[0]?.emoji ?? { id: null, name: null } }),
    },
  ];
}

function saying({ app, talk, world }: MessageScene, message: Message, may: May): Part {
  const { say } = app.speech;
  return [
    may.edit && { label: say("messages.edit"), icon: Pencil, shortcut: "E", run: () => talk.edit(message.id) },
    may.answer && { label: say("messages.reply"), icon: Reply, shortcut: "R", run: () => talk.answer(message) },
    may.startThread && { label: say("messages.startThread"), icon: Spool, shortcut: "T", run: () => startThread(app, world, message.channel_id, message) },
    may.forward && { label: say("messages.forward"), icon: Forward, shortcut: "F", run: () => app.layers.dialog(() => import("./Forward.svelte"), { message }) },
  ];
}

function keeping(scene: MessageScene, message: Message, may: May): Part {
  const { app, list } = scene;
  const { say } = app.speech;
  return [
    may.pin && {
      label: say(message.pinned ? "messages.unpin" : "messages.pin"),
      icon: message.pinned ? PinOff : Pin,
      shortcut: "P",
      run: () => pin(scene, message),
    },
    { label: say("inbox.saved.keep"), icon: BookmarkPlus, run: () => bookmark(app, message) },
    may.publish && { label: say("messages.publish"), icon: Megaphone, run: () => publish(scene, message) },
    { label: say("messages.markUnread"), icon: CheckCheck, shortcut: "U", run: () => leaveUnread(scene, list, message) },
    may.seeHistory && { label: say("messages.history"), icon: History, run: () => app.layers.dialog(() => import("./History.svelte"), { message }) },
  ];
}

function taking({ app, world, list }: MessageScene, message: Message): Part {
  const { say, language } = app.speech;
  const words = message.content;
  return [
    words !== "" && { label: say("messages.copyText"), icon: Copy, run: () => copy(app, words) },
    { label: say("messages.copyLink"), icon: Link, run: () => copy(app, linkTo(list.guildId, message)) },
    app.preferences.all.developer && { label: say("app.copyId"), icon: Hash, run: () => copy(app, message.id) },
    words !== "" &&
      "speechSynthesis" in window && { label: say("messages.speak"), icon: Volume2, run: () => speak(inOneLine(app, world, message, list.guildId), language) },
  ];
}

function removing(scene: MessageScene, message: Message, may: May): Part {
  const { app, world, list } = scene;
  const { say } = app.speech;
  return [
    may.hideEmbeds && { label: say("messages.hideEmbeds"), icon: Unlink, run: () => hideEmbeds(scene, message) },
    may.clearReactions &&
      message.reactions !== undefined && { label: say("messages.clearReactions"), icon: X, danger: true, run: () => clearReactions(scene, message) },
    may.removeMany && { label: say("messages.select"), icon: ListChecks, run: () => select(scene, message) },
    !list.isMine(message) && { label: say("messages.report"), icon: Flag, danger: true, run: () => reportMessage(app, world, message) },
    may.remove && { label: say("messages.delete"), icon: Trash2, danger: true, shortcut: "Del", run: () => remove(scene, message, false) },
  ];
}

/** Picking begins with this message; all of it is fetched then. */
async function select(scene: MessageScene, message: Message): Promise<void> {
  try {
    await (await import("./selecting/selection.svelte")).select(scene, message);
  } catch {
    scene.app.layers.onMissing();
  }
}
