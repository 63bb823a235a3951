/** What the server noted in a channel, in words and as a drawing. */
import { ChartBarBig, Ellipsis, Image, LogIn, LogOut, Megaphone, Pencil, Phone, Pin, Spool, UserPlus } from "lucide";
import type { Key } from "../../i18n/catalogue";
import type { Drawing } from "../../ui/icons";
import type { Message, Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import { nameOf } from "../people/names";
import { CALL, FOLLOWED, ICON_CHANGED, JOINED, PINNED, POLL_ENDED, RECIPIENT_ADDED, RECIPIENT_REMOVED, RENAMED, STARTER, THREAD_CREATED } from "./kinds";

export interface NoteWords {
  readonly key: Key;
  /** Who or what else is named. */
  readonly what: string;
}

const WORDS: Readonly<Record<number, Key>> = {
  [RECIPIENT_ADDED]: "messages.note.added",
  [RECIPIENT_REMOVED]: "messages.note.removed",
  [CALL]: "messages.note.call",
  [RENAMED]: "messages.note.renamed",
  [ICON_CHANGED]: "messages.note.icon",
  [PINNED]: "messages.note.pinned",
  [JOINED]: "messages.note.joined",
  [FOLLOWED]: "messages.note.followed",
  [THREAD_CREATED]: "messages.note.thread",
  [STARTER]: "messages.note.starter",
  [POLL_ENDED]: "messages.note.poll",
};

const DRAWINGS: Readonly<Record<number, Drawing>> = {
  [RECIPIENT_ADDED]: UserPlus,
  [RECIPIENT_REMOVED]: LogOut,
  [CALL]: Phone,
  [RENAMED]: Pencil,
  [ICON_CHANGED]: Image,
  [PINNED]: Pin,
  [JOINED]: LogIn,
  [FOLLOWED]: Megaphone,
  [THREAD_CREATED]: Spool,
  [STARTER]: Spool,
  [POLL_ENDED]: ChartBarBig,
};

export function noteDrawing({ type }: Message): Drawing {
  return DRAWINGS[type] ?? Ellipsis;
}

/** Who is called in these is not who they are about. */
const NAMELESS: ReadonlySet<number> = new Set([THREAD_CREATED, POLL_ENDED]);

/** Of a poll what was asked; what came of it stands below. */
function saidOf({ type, content, embeds }: Message): string {
  if (type !== POLL_ENDED) return content;
  return embeds[0]?.fields?.find(({ name }) => name === "poll_question_text")?.value ?? "";
}

/** `{author}` is left open for the name of who did it. */
export function noteWords(world: World, message: Message, guildId: Snowflake | undefined): NoteWords {
  const [named] = message.mentions;
  const what = named === undefined || NAMELESS.has(message.type) ? saidOf(message) : nameOf(world, named.id, guildId, named);
  const left = message.type === RECIPIENT_REMOVED && named?.id === message.author.id;
  return { key: left ? "messages.note.left" : (WORDS[message.type] ?? "messages.note.unknown"), what };
}
