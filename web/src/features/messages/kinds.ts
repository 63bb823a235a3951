/** What kinds of messages there are, and which of them somebody wrote. */
import type { Message } from "../../wire/types";

const WRITTEN = 0;
export const RECIPIENT_ADDED = 1;
export const RECIPIENT_REMOVED = 2;
export const CALL = 3;
export const RENAMED = 4;
export const ICON_CHANGED = 5;
export const PINNED = 6;
export const JOINED = 7;
export const FOLLOWED = 12;
export const THREAD_CREATED = 18;
export const REPLY = 19;
export const COMMAND = 20;
export const STARTER = 21;
export const MENU_COMMAND = 23;
export const AUTOMOD = 24;
export const STAGE_BEGAN = 27;
export const STAGE_ENDED = 28;
export const STAGE_SPEAKER = 29;
export const STAGE_RENAMED = 31;
export const SHUT = 36;
export const OPENED = 37;
export const RAID_REPORTED = 38;
export const POLL_ENDED = 46;

export const ANNOUNCEMENT_CHANNEL = 5;

const WORDS: ReadonlySet<number> = new Set([WRITTEN, REPLY, COMMAND, MENU_COMMAND]);
const FORWARD = 1;

export const CROSSPOSTED = 1 << 0;
export const IS_CROSSPOST = 1 << 1;
export const SUPPRESS_EMBEDS = 1 << 2;
export const HAS_THREAD = 1 << 5;
export const LOADING = 1 << 7;

/** Whether it is somebody's words and no note of the server's. */
export function isWritten({ type }: Pick<Message, "type">): boolean {
  return WORDS.has(type);
}

export function isForward({ message_reference, message_snapshots }: Message): boolean {
  return message_reference?.type === FORWARD && message_snapshots !== undefined;
}

export function hasFlag({ flags }: Pick<Message, "flags">, flag: number): boolean {
  return (flags & flag) !== 0;
}
