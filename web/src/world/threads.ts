/** The threads one sees: each stands among the channels, and here is what is told of threads alone. */
import type { Channel, Events, Message, NewThread, Snowflake, ThreadMember } from "../wire/types";
import type { Channels, KnownChannel } from "./channels";
import { isAfter } from "./ids";
import { isForMeAlone } from "./messages";
import { isOver, type Muted } from "./mutes";
import { sorted, without, type Applies, type Part } from "./parts";
import { Table } from "./table";

const OF_NEWS = 10;
const OPEN = 11;
const PRIVATE = 12;
const STARTER = 21;

export const ONLY_MENTIONS = 1 << 2;
export const NO_MESSAGES = 1 << 3;
export const EVERYTHING_SAID = 1 << 1;

const PINNED = 1 << 1;

type Typed = Pick<KnownChannel, "type">;

export function isThread({ type }: Typed): boolean {
  return type === OF_NEWS || type === OPEN || type === PRIVATE;
}

export function isPrivate({ type }: Typed): boolean {
  return type === PRIVATE;
}

export function isArchived({ thread_metadata }: Pick<KnownChannel, "thread_metadata">): boolean {
  return thread_metadata?.archived === true;
}

export function isLocked({ thread_metadata }: Pick<KnownChannel, "thread_metadata">): boolean {
  return thread_metadata?.locked === true;
}

/** Of a post: it stands above the others. */
export function isPinned({ flags }: Pick<KnownChannel, "flags">): boolean {
  return (flags & PINNED) !== 0;
}

/** How one is in a thread oneself. */
export interface OwnThread extends Muted {
  readonly join_timestamp: string;
  readonly flags: number;
}

/** What changes with every message, and who comes and goes. */
export interface Counted {
  readonly messages: number;
  readonly members: number;
  /** The last message that is counted: a thread may be told of before what it counts already. */
  readonly until: Snowflake;
}

/** What comes along with a thread that has just been made. */
const BESIDES = ["newly_created", "message"];

const NONE: ReadonlySet<Snowflake> = new Set();
const NOBODY: Counted = { messages: 0, members: 0, until: "0" };

function owned({ join_timestamp, flags, muted, mute_config }: ThreadMember): OwnThread {
  return { join_timestamp, flags, muted: muted ?? false, mute_config: mute_config ?? null };
}

/** Whether it is what a thread began with, which is not counted among its messages. */
function starts({ id, channel_id, type }: Pick<Message, "id" | "channel_id" | "type">): boolean {
  return id === channel_id || type === STARTER;
}

export class Threads implements Part {
  /** Those one is in. */
  readonly own = new Table<OwnThread>();
  /** What was said last in those in which this was heard. */
  readonly latest = new Table<Message>();
  readonly #counted = new Table<Counted>();
  readonly #below = new Table<ReadonlySet<Snowflake>>();
  readonly #channels: Channels;
  readonly #isMe: (userId: Snowflake) => boolean;

  constructor(channels: Channels, isMe: (userId: Snowflake) => boolean) {
    this.#channels = channels;
    this.#isMe = isMe;
  }

  readonly tables = { own: this.own, counted: this.#counted, below: this.#below };

  readonly passing = { latest: this.latest };

  readonly on: Applies = {
    READY: ({ guilds }) => {
      for (const table of [this.own, this.latest, this.#counted, this.#below]) table.clear();
      for (const { id, threads } of guilds) for (const thread of threads) this.learn({ ...thread, guild_id: id });
    },
    GUILD_CREATE: ({ id, threads }) => {
      this.#takeAll(id, threads);
    },
    GUILD_DELETE: ({ id, unavailable }) => {
      if (unavailable !== true) this.#takeAll(id, []);
    },
    CHANNEL_DELETE: ({ id }) => this.#drop([...this.below(id)]),
    THREAD_CREATE: (thread) => this.learn(thread),
    THREAD_UPDATE: (thread) => this.learn(thread),
    THREAD_DELETE: ({ id }) => this.#drop([id]),
    THREAD_LIST_SYNC: (told) => this.#sync(told),
    THREAD_MEMBER_UPDATE: (own) => {
      if (this.#isMe(own.user_id)) this.own.set(own.id, owned(own));
    },
    THREAD_MEMBERS_UPDATE: (told) => this.#crowd(told),
    MESSAGE_CREATE: (message) => {
      const { channel_id } = message;
      if (!this.#counted.has(channel_id) || isForMeAlone(message)) return;
      this.latest.set(channel_id, message);
      if (!starts(message)) this.#hear(message);
    },
    MESSAGE_UPDATE: (message) => this.latest.change(message.channel_id, (last) => (last.id === message.id ? { ...last, ...message } : last)),
    MESSAGE_DELETE: ({ channel_id, id }) => this.#gone(channel_id, [id]),
    MESSAGE_DELETE_BULK: ({ channel_id, ids }) => this.#gone(channel_id, ids),
  };

  /** The threads of a channel, also archived ones somebody came to. */
  below(channelId: Snowflake): ReadonlySet<Snowflake> {
    return this.#below.get(channelId) ?? NONE;
  }

  /** Those of a channel that are not archived. */
  active(channelId: Snowflake): readonly KnownChannel[] {
    return [...this.below(channelId)].flatMap((id) => this.#channels.byId.get(id) ?? []).filter((thread) => !isArchived(thread));
  }

  counted(threadId: Snowflake): Counted {
    return this.#counted.get(threadId) ?? NOBODY;
  }

  isIn(threadId: Snowflake): boolean {
    return this.own.has(threadId);
  }

  /** A thread as an event or an answer tells it. */
  learn(thread: Channel | NewThread): void {
    const { id, parent_id: parent, member, message_count, member_count, last_message_id } = thread;
    if (parent === null || parent === undefined) return;
    this.#channels.learn(without(thread, BESIDES));
    if (!this.below(parent).has(id)) this.#below.set(parent, new Set([...this.below(parent), id]));
    const before = this.counted(id);
    const until = last_message_id ?? before.until;
    this.#counted.set(id, { messages: message_count ?? before.messages, members: member_count ?? before.members, until });
    if (member !== undefined) this.own.set(id, owned(member));
  }

  /** A list of threads, and how one is oneself in those of them one is in. */
  learnAll(threads: readonly Channel[], members: readonly ThreadMember[]): void {
    for (const thread of threads) this.learn(thread);
    for (const member of members) this.own.set(member.id, owned(member));
  }

  /** Who reads of a mute that is over reads it again. */
  wake(now: Date): void {
    for (const [id, one] of this.own.entries()) if (isOver(one, now)) this.own.set(id, { ...one });
  }

  snapshot(): unknown {
    const isActive = ([id]: readonly [Snowflake, unknown]) => {
      const thread = this.#channels.byId.get(id);
      return thread !== undefined && !isArchived(thread);
    };
    const counted = sorted(this.#counted.entries()).filter(isActive);
    return { own: sorted(this.own.entries()).filter(isActive), counted: counted.map(([id, { messages, members }]) => [id, messages, members]) };
  }

  #takeAll(guildId: Snowflake, threads: readonly Channel[]): void {
    const told = new Set(threads.map(({ id }) => id));
    const known = [...this.#counted.ids()].filter((id) => this.#channels.byId.get(id)?.guild_id === guildId);
    this.#drop([...known.filter((id) => !told.has(id)), ...this.#orphans()]);
    for (const thread of threads) this.learn({ ...thread, guild_id: guildId });
  }

  /** Those whose channel is out of sight. */
  #orphans(): readonly Snowflake[] {
    return [...this.#counted.ids()].filter((id) => {
      const parent = this.#channels.byId.get(id)?.parent_id;
      return parent === undefined || parent === null || !this.#channels.byId.has(parent);
    });
  }

  #sync({ channel_ids, threads, members }: Events["THREAD_LIST_SYNC"]): void {
    const told = new Set(threads.map(({ id }) => id));
    this.#drop(channel_ids.flatMap((id) => this.active(id)).flatMap(({ id }) => (told.has(id) ? [] : [id])));
    this.learnAll(threads, members);
  }

  #crowd({ id, member_count, added_members, removed_member_ids }: Events["THREAD_MEMBERS_UPDATE"]): void {
    if (!this.#counted.has(id)) return;
    this.#counted.change(id, (before) => ({ ...before, members: member_count }));
    const me = added_members.find(({ user_id }) => this.#isMe(user_id));
    if (me !== undefined) this.own.set(id, owned(me));
    if (removed_member_ids.some((userId) => this.#isMe(userId))) this.own.delete(id);
  }

  /** What a thread began with may go without being counted: it never was. */
  #gone(channelId: Snowflake, ids: readonly Snowflake[]): void {
    const last = this.latest.get(channelId);
    if (last !== undefined && ids.includes(last.id)) this.latest.delete(channelId);
    const counted = ids.length > 1 ? ids.length : ids.filter((id) => id !== channelId).length;
    if (counted > 0) this.#count(channelId, -counted);
  }

  #hear({ id, channel_id }: Message): void {
    const before = this.counted(channel_id);
    if (isAfter(id, before.until)) this.#counted.set(channel_id, { ...before, messages: before.messages + 1, until: id });
  }

  #count(id: Snowflake, more: number): void {
    this.#counted.change(id, (before) => ({ ...before, messages: Math.max(0, before.messages + more) }));
  }

  #drop(ids: readonly Snowflake[]): void {
    for (const id of ids) {
      const parent = this.#channels.byId.get(id)?.parent_id ?? "";
      const rest = new Set(this.below(parent));
      if (rest.delete(id)) this.#below.set(parent, rest);
      for (const table of [this.own, this.latest, this.#counted]) table.delete(id);
    }
    this.#channels.drop(ids);
  }
}
