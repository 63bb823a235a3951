/** A stretch of messages as rows: who speaks on stands under the same name, days and the unread are set apart. */
import type { Pending } from "../../sync/letters";
import type { Message, Snowflake } from "../../wire/types";
import { isAfter } from "../../world/ids";
import { isWritten, REPLY } from "./kinds";

/** Why messages are not shown until somebody asks for them. */
export type Hiding = "blocked" | "ignored";

export interface Spoken {
  readonly kind: "message";
  readonly key: string;
  readonly message: Message;
  /** Whether the author's name and picture stand above it. */
  readonly isFirst: boolean;
  /** What became of it so far, if it is one's own and not there yet. */
  readonly letter?: Pending;
}

/** One's own, on its way. */
export interface OnItsWay {
  readonly message: Message;
  readonly letter: Pending;
}

export interface Noted {
  readonly kind: "note";
  readonly key: string;
  readonly message: Message;
}

export interface Hidden {
  readonly kind: "hidden";
  readonly key: string;
  readonly why: Hiding;
  readonly ids: readonly Snowflake[];
}

export interface Day {
  readonly kind: "day";
  readonly key: string;
  /** Of the first message of that day. */
  readonly at: string;
}

export interface Unread {
  readonly kind: "unread";
  readonly key: string;
}

export type Row = Spoken | Noted | Hidden | Day | Unread;

export interface Reader {
  /** Messages of one author that are this many minutes apart stand under one name. */
  readonly groupMinutes: number;
  /** The first message that was not read when the channel was opened. */
  readonly firstUnread: Snowflake | null;
  /** Hidden ones that were asked for. */
  readonly shown: ReadonlySet<Snowflake>;
  hides(message: Message): Hiding | null;
}

const MINUTE_MS = 60_000;

/** What a name and picture stand for: a webhook may speak as many. */
function voice({ author, webhook_id }: Message): string {
  return webhook_id === undefined ? author.id : `${webhook_id} ${author.username} ${author.avatar ?? ""}`;
}

/** Local midnight tells days apart. */
export function dayOf(iso: string): number {
  return new Date(iso).setHours(0, 0, 0, 0);
}

export function speaksOn(before: Message | undefined, message: Message, groupMinutes: number): boolean {
  if (before === undefined || !isWritten(before) || !isWritten(message) || message.type === REPLY || message.interaction !== undefined) return false;
  if (voice(before) !== voice(message)) return false;
  return Date.parse(message.timestamp) - Date.parse(before.timestamp) <= groupMinutes * MINUTE_MS;
}

export function rowsOf(messages: readonly Message[], reader: Reader, pending: readonly OnItsWay[] = []): readonly Row[] {
  const rows: Row[] = [];
  let before: Message | undefined;
  const add = (message: Message, letter?: Pending) => {
    const isNewDay = before === undefined || dayOf(before.timestamp) !== dayOf(message.timestamp);
    const isUnread = message.id === reader.firstUnread;
    if (isNewDay) rows.push({ kind: "day", key: `day ${dayOf(message.timestamp)}`, at: message.timestamp });
    if (isUnread) rows.push({ kind: "unread", key: "unread" });
    const isApart = isNewDay || isUnread || before === undefined;
    const why = reader.shown.has(message.id) ? null : reader.hides(message);
    if (why !== null) hide(rows, message, why);
    else if (!isWritten(message)) rows.push({ kind: "note", key: message.id, message });
    else {
      const isFirst = isApart || rows.at(-1)?.kind === "hidden" || !speaksOn(before, message, reader.groupMinutes);
      rows.push({ kind: "message", key: message.id, message, isFirst, ...(letter && { letter }) });
    }
    before = message;
  };
  for (const message of messages) add(message);
  for (const { message, letter } of pending) add(message, letter);
  return rows;
}

function hide(rows: Row[], { id }: Message, why: Hiding): void {
  const last = rows.at(-1);
  if (last?.kind === "hidden" && last.why === why) rows[rows.length - 1] = { ...last, ids: [...last.ids, id] };
  else rows.push({ kind: "hidden", key: `hidden ${id}`, why, ids: [id] });
}

/** The same rows as before where nothing changed, so that only the others are drawn anew. */
export function steady(before: readonly Row[], now: readonly Row[]): readonly Row[] {
  const known = new Map(before.map((row) => [row.key, row]));
  return now.map((row) => {
    const old = known.get(row.key);
    return old !== undefined && isSame(old, row) ? old : row;
  });
}

function isSame(one: Row, other: Row): boolean {
  if (one.kind === "message") return other.kind === "message" && isSameSpoken(one, other);
  if (one.kind === "note") return other.kind === "note" && one.message === other.message;
  if (one.kind === "hidden") return other.kind === "hidden" && one.why === other.why && one.ids.join() === other.ids.join();
  return one.kind === other.kind;
}

function isSameSpoken(one: Spoken, other: Spoken): boolean {
  if (one.isFirst !== other.isFirst) return false;
  return one.letter === undefined ? one.message === other.message : one.letter === other.letter;
}

/** The first message after what was read that is somebody else's. */
export function firstAfter(messages: readonly Message[], read: Snowflake, isMine: (message: Message) => boolean): Message | undefined {
  return messages.find((message) => isAfter(message.id, read) && !isMine(message));
}
