/** Of each channel that was opened, one stretch of its messages: what a page of the API told, kept true by events. */
import type { Events, Message, PartialEmoji, Poll, Reaction, Snowflake } from "../wire/types";
import { byAge, isAfter } from "./ids";
import { sorted, without, type Applies, type Part } from "./parts";
import { Table } from "./table";

/** No stretch is longer; what is beyond is fetched again. */
export const MOST = 200;

export interface Stretch {
  /** The oldest first. */
  readonly messages: readonly Message[];
  /** Whether nothing comes before the first one. */
  readonly fromStart: boolean;
  /** Whether nothing comes after the last one: then new ones are added as they arrive. */
  readonly toEnd: boolean;
}

export type Place = "before" | "after" | "latest";

export const EPHEMERAL = 1 << 6;

/** Whether it was shown to the reader and nobody else: it is told once, and counts nowhere. */
export function isForMeAlone({ flags }: Pick<Message, "flags">): boolean {
  return (flags & EPHEMERAL) !== 0;
}

const EMPTY: Stretch = { messages: [], fromStart: false, toEnd: false };
const LOCAL = ["guild_id", "member", "channel_type", "nonce"] as const;

/** A message as every way of getting it tells it. */
export function plain(message: Message): Message {
  const mentions = message.mentions.map((user) => without(user, ["member"]));
  return { ...without(message, LOCAL), mentions };
}

const older = (one: Message, other: Message) => byAge(one.id, other.id);

export function sameEmoji(one: PartialEmoji, other: PartialEmoji): boolean {
  return one.id === null && other.id === null ? one.name === other.name : one.id === other.id;
}

export class Messages implements Part {
  readonly byChannel = new Table<Stretch>();
  readonly #isMe: (userId: Snowflake) => boolean;

  constructor(isMe: (userId: Snowflake) => boolean) {
    this.#isMe = isMe;
  }

  readonly tables = { byChannel: this.byChannel };

  readonly on: Applies = {
    // What was missed is not known: a stretch that is looked at is fetched anew.
    READY: () => this.byChannel.clear(),
    MESSAGE_CREATE: (message) => this.#append(message),
    MESSAGE_UPDATE: (message) => this.#update(message),
    MESSAGE_DELETE: ({ channel_id, id }) => this.#remove(channel_id, [id]),
    MESSAGE_DELETE_BULK: ({ channel_id, ids }) => this.#remove(channel_id, ids),
    MESSAGE_REACTION_ADD: (event) => this.#react(event, 1),
    MESSAGE_REACTION_REMOVE: (event) => this.#react(event, -1),
    MESSAGE_POLL_VOTE_ADD: (event) => this.#vote(event, 1),
    MESSAGE_POLL_VOTE_REMOVE: (event) => this.#vote(event, -1),
    MESSAGE_REACTION_REMOVE_ALL: ({ channel_id, message_id }) =>
      this.#change(channel_id, message_id, withReactions(() => [])),
    MESSAGE_REACTION_REMOVE_EMOJI: ({ channel_id, message_id, emoji }) =>
      this.#change(channel_id, message_id, withReactions((all) => all.filter((it) => !sameEmoji(it.emoji, emoji)))),
  };

  forget(channelIds: readonly Snowflake[]): void {
    for (const id of channelIds) this.byChannel.delete(id);
  }

  of(channelId: Snowflake): Stretch {
    return this.byChannel.get(channelId) ?? EMPTY;
  }

  find(channelId: Snowflake, id: Snowflake): Message | undefined {
    return this.of(channelId).messages.find((message) => message.id === id);
  }

  /** A page of the API, the newest first as it comes, which held all there was room for when `full`. */
  take(channelId: Snowflake, place: Place, page: readonly Message[], full: boolean): void {
    const fetched = page.map(plain).sort(older);
    const now = this.of(channelId);
    if (place === "before") this.#put(channelId, joined(fetched, now.messages), !full, now.toEnd, "newer");
    else if (place === "after") this.#put(channelId, joined(now.messages, fetched), now.fromStart, !full, "older");
    else this.byChannel.set(channelId, { messages: fetched, fromStart: !full, toEnd: true });
  }

  /** A page around a message, and whether the channel begins and ends with it. */
  takeAround(channelId: Snowflake, page: readonly Message[], fromStart: boolean, toEnd: boolean): void {
    this.byChannel.set(channelId, { messages: page.map(plain).sort(older), fromStart, toEnd });
  }

  /** Keep no more than `most` messages around one of them, or of the newest. */
  trim(channelId: Snowflake, around: Snowflake | null, most: number): void {
    this.byChannel.change(channelId, (now) => {
      const { messages, fromStart, toEnd } = now;
      if (messages.length <= most) return now;
      const place = around === null ? messages.length : messages.filter(({ id }) => isAfter(around, id)).length;
      const last = messages.length - most;
      const first = Math.min(Math.max(0, place - most / 2), last);
      const kept = messages.slice(first, first + most);
      return { messages: kept, fromStart: fromStart && first === 0, toEnd: toEnd && first === last };
    });
  }

  snapshot(): unknown {
    return sorted(this.byChannel.entries()).map(([id, stretch]) => [id, withoutFleeting(stretch)]);
  }

  #append(message: Events["MESSAGE_CREATE"]): void {
    const now = this.byChannel.get(message.channel_id);
    if (now?.toEnd !== true || now.messages.some(({ id }) => id === message.id)) return;
    const last = now.messages.at(-1);
    const isLast = last === undefined || isAfter(message.id, last.id);
    const messages = isLast ? [...now.messages, plain(message)] : joined(now.messages, [plain(message)]);
    this.#put(message.channel_id, messages, now.fromStart, true, "older");
  }

  #update(message: Events["MESSAGE_UPDATE"]): void {
    const next = plain(message);
    this.#change(message.channel_id, message.id, (before) => ({
      ...before,
      ...next,
      // Who reacted is told by events of its own.
      ...(before.reactions === undefined ? {} : { reactions: before.reactions }),
      // What one voted oneself is told to nobody else, so not here either.
      ...(before.poll === undefined || next.poll === undefined ? {} : { poll: withOwnVotes(next.poll, before.poll) }),
    }));
    const now = this.byChannel.get(message.channel_id);
    if (now === undefined) return;
    const answers = now.messages.map((it) => (answersTo(it, message.id) ? { ...it, referenced_message: next } : it));
    this.byChannel.set(message.channel_id, { ...now, messages: answers });
  }

  #remove(channelId: Snowflake, ids: readonly Snowflake[]): void {
    const gone = new Set(ids);
    this.byChannel.change(channelId, (now) => ({
      ...now,
      messages: now.messages
        .filter(({ id }) => !gone.has(id))
        .map((it) => (ids.some((id) => answersTo(it, id)) ? { ...it, referenced_message: null } : it)),
    }));
  }

  #react(event: Events["MESSAGE_REACTION_ADD"] | Events["MESSAGE_REACTION_REMOVE"], by: 1 | -1): void {
    const mine = this.#isMe(event.user_id);
    this.#change(
      event.channel_id,
      event.message_id,
      withReactions((all) => counted(all, event.emoji, by, mine)),
    );
  }

  #vote(event: Events["MESSAGE_POLL_VOTE_ADD"], by: 1 | -1): void {
    const mine = this.#isMe(event.user_id);
    this.#change(event.channel_id, event.message_id, (message) => {
      if (message.poll === undefined) return message;
      return { ...message, poll: voted(message.poll, event.answer_id, by, mine) };
    });
  }

  #change(channelId: Snowflake, id: Snowflake, next: (message: Message) => Message): void {
    const now = this.byChannel.get(channelId);
    if (now?.messages.some((message) => message.id === id) !== true) return;
    const messages = now.messages.map((message) => (message.id === id ? next(message) : message));
    this.byChannel.set(channelId, { ...now, messages });
  }

  /** Keep no more than `MOST`, giving up the end that is farther away. */
  #put(
    channelId: Snowflake,
    messages: readonly Message[],
    fromStart: boolean,
    toEnd: boolean,
    give: "older" | "newer",
  ): void {
    if (messages.length <= MOST) this.byChannel.set(channelId, { messages, fromStart, toEnd });
    else if (give === "older") this.byChannel.set(channelId, { messages: messages.slice(-MOST), fromStart: false, toEnd });
    else this.byChannel.set(channelId, { messages: messages.slice(0, MOST), fromStart, toEnd: false });
  }
}

/** A stretch as whoever looks later finds it. */
export function withoutFleeting(stretch: Stretch): Stretch {
  return { ...stretch, messages: stretch.messages.filter((message) => !isForMeAlone(message)) };
}

function joined(one: readonly Message[], other: readonly Message[]): readonly Message[] {
  const known = new Set(one.map(({ id }) => id));
  return [...one, ...other.filter(({ id }) => !known.has(id))].sort(older);
}

function answersTo(message: Message, id: Snowflake): boolean {
  return message.referenced_message !== undefined && message.message_reference?.message_id === id;
}

function withReactions(next: (all: readonly Reaction[]) => readonly Reaction[]): (message: Message) => Message {
  return (message) => {
    const { reactions, ...rest } = message;
    const left = next(reactions ?? []);
    return left.length === 0 ? rest : { ...rest, reactions: left };
  };
}

function withOwnVotes(next: Poll, before: Poll): Poll {
  if (next.results === undefined) return next;
  const mine = new Set(before.results?.answer_counts.filter((it) => it.me_voted).map((it) => it.id));
  const counts = next.results.answer_counts.map((it) => ({ ...it, me_voted: mine.has(it.id) }));
  return { ...next, results: { ...next.results, answer_counts: counts } };
}

/** One vote more or less for an answer; one that nobody chooses any more is not counted. */
function voted(poll: Poll, id: number, by: 1 | -1, mine: boolean): Poll {
  const results = poll.results ?? { answer_counts: [], is_finalized: false };
  const known = results.answer_counts.find((it) => it.id === id) ?? { id, count: 0, me_voted: false };
  // One's own is shown before the server tells of it.
  if (mine && known.me_voted === (by === 1)) return poll;
  const changed = { id, count: known.count + by, me_voted: mine ? by === 1 : known.me_voted };
  const others = results.answer_counts.filter((it) => it.id !== id);
  const counts = changed.count > 0 ? [...others, changed] : others;
  return { ...poll, results: { ...results, answer_counts: counts.sort((a, b) => a.id - b.id) } };
}

/** One more or less of an emoji; one that nobody reacts with any more goes. */
function counted(all: readonly Reaction[], emoji: PartialEmoji, by: 1 | -1, mine: boolean): readonly Reaction[] {
  const known = all.find((it) => sameEmoji(it.emoji, emoji));
  if (known === undefined) return by === 1 ? [...all, first(emoji, mine)] : all;
  // One's own is shown before the server tells of it.
  if (mine && known.me === (by === 1)) return all;
  const count = known.count + by;
  const normal = known.count_details.normal + by;
  const me = mine ? by === 1 : known.me;
  const changed = { ...known, count, me, count_details: { ...known.count_details, normal } };
  return all.flatMap((it) => (it !== known ? [it] : count > 0 ? [changed] : []));
}

function first(emoji: PartialEmoji, me: boolean): Reaction {
  const count_details = { normal: 1, burst: 0 };
  return { emoji, count: 1, count_details, me, me_burst: false, burst_colors: [] };
}
