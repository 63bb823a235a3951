/** What the server noted in a channel, in words and as a drawing. */
import { ChartBarBig, Ellipsis, Image, LogIn, LogOut, Megaphone, Pencil, Phone, Pin, RadioTower, ShieldAlert, ShieldCheck, Siren, Spool, UserPlus } from "lucide";
import type { Key } from "../../i18n/catalogue";
import type { Drawing } from "../../ui/icons";
import type { Message, Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import { nameOf } from "../people/names";
import type { Clock } from "./clock";
import {
  AUTOMOD, CALL, FOLLOWED, ICON_CHANGED, JOINED, OPENED, PINNED, POLL_ENDED, RAID_REPORTED, RECIPIENT_ADDED, RECIPIENT_REMOVED, RENAMED, SHUT, STAGE_BEGAN,
  STAGE_ENDED, STAGE_RENAMED, STAGE_SPEAKER, STARTER, THREAD_CREATED,
} from "./kinds";

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
  [STAGE_BEGAN]: "messages.note.stageBegan",
  [STAGE_ENDED]: "messages.note.stageEnded",
  [STAGE_SPEAKER]: "messages.note.stageSpeaker",
  [STAGE_RENAMED]: "messages.note.stageRenamed",
  [SHUT]: "messages.note.shut",
  [OPENED]: "messages.note.opened",
  [RAID_REPORTED]: "messages.note.raidReported",
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
  [AUTOMOD]: ShieldAlert,
  [STAGE_BEGAN]: RadioTower,
  [STAGE_ENDED]: RadioTower,
  [STAGE_SPEAKER]: RadioTower,
  [STAGE_RENAMED]: RadioTower,
  [SHUT]: Siren,
  [OPENED]: ShieldCheck,
  [RAID_REPORTED]: Siren,
  [POLL_ENDED]: ChartBarBig,
};

export function noteDrawing({ type }: Message): Drawing {
  return DRAWINGS[type] ?? Ellipsis;
}

/** Who is called in these is not who they are about. */
const NAMELESS: ReadonlySet<number> = new Set([AUTOMOD, SHUT, THREAD_CREATED, POLL_ENDED]);
/** The kind of an embed that tells of a raid. */
export const NOTIFICATION = "auto_moderation_notification";

/** What the server says in an embed that is made for it alone. */
export function factOf({ embeds }: Pick<Message, "embeds">, fact: string): string | undefined {
  return embeds[0]?.fields?.find(({ name }) => name === fact)?.value;
}

/** Of a poll what was asked, what came of it stands below; of a rule its name; of what was shut until when. */
function saidOf(message: Message, clock: Clock): string {
  if (message.type === POLL_ENDED) return factOf(message, "poll_question_text") ?? "";
  if (message.type === AUTOMOD) return factOf(message, "rule_name") ?? "";
  return message.type === SHUT ? clock.since(message.content) : message.content;
}

/** What the rules of a server found: too many at once, a message, or somebody's name. */
function foundBy(message: Message): Key {
  if (message.embeds[0]?.type === NOTIFICATION) return "messages.note.raid";
  if (factOf(message, "channel_id") === undefined) return "messages.note.badName";
  return factOf(message, "decision_outcome") === "blocked" ? "messages.note.blocked" : "messages.note.flagged";
}

function keyOf(message: Message, named: Snowflake | undefined): Key {
  if (message.type === AUTOMOD) return foundBy(message);
  if (message.type === RECIPIENT_REMOVED && named === message.author.id) return "messages.note.left";
  return WORDS[message.type] ?? "messages.note.unknown";
}

/** `{author}` is left open for the name of who did it. */
export function noteWords(world: World, message: Message, guildId: Snowflake | undefined, clock: Clock): NoteWords {
  const [named] = message.mentions;
  const what = named === undefined || NAMELESS.has(message.type) ? saidOf(message, clock) : nameOf(world, named.id, guildId, named);
  return { key: keyOf(message, named?.id), what };
}
