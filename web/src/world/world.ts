/** All that this client knows, begun by READY and kept true by every event after it. No DOM, no framework. */
import { has, inChannel, inGuild, inThread, EVERYTHING, NOBODY, type Standing } from "../permissions/permissions";
import type { Events, Message, Snowflake } from "../wire/types";
import { Channels, isForum, type KnownChannel } from "./channels";
import { ExpressionsOfGuilds } from "./expressions";
import { Guilds } from "./guilds";
import { Happenings } from "./happenings";
import { idAt, isAfter } from "./ids";
import { MemberLists } from "./memberlists";
import { Messages } from "./messages";
import { muteOf, nextEnd, type Mute } from "./mutes";
import { Notifications } from "./notifications";
import { sorted, type EventName, type Part } from "./parts";
import { People } from "./people";
import { Readings, type Calls } from "./readings";
import { Relationships } from "./relationships";
import { Roles } from "./roles";
import { Selves } from "./selves";
import { Stages } from "./stages";
import { Table } from "./table";
import { isArchived, isPrivate, isThread, Threads } from "./threads";
import { Typing } from "./typing";
import { Voices, type KnownVoice } from "./voices";

const RECIPIENT_REMOVE = 2;

const DIRECT = 1;

type Entries = readonly (readonly [id: string, value: unknown])[];

/** By part and by table, every record there is. */
export type Dump = readonly (readonly [part: string, tables: readonly (readonly [table: string, Entries])[]])[];

export interface Waiting {
  readonly isUnread: boolean;
  readonly mentions: number;
}

export class World implements Calls {
  readonly selves = new Selves();
  readonly guilds = new Guilds();
  readonly roles = new Roles();
  readonly channels = new Channels((ids) => this.#forget(ids));
  readonly threads = new Threads(this.channels, (id) => this.selves.isMe(id));
  readonly happenings = new Happenings();
  readonly stages = new Stages();
  readonly voices = new Voices((id) => this.channels.byId.has(id));
  readonly people = new People();
  readonly expressions = new ExpressionsOfGuilds();
  readonly relationships = new Relationships();
  readonly notifications = new Notifications();
  readonly readings = new Readings(this);
  readonly messages = new Messages((id) => this.selves.isMe(id));
  readonly typing: Typing;
  readonly memberLists = new MemberLists();
  /** By guild, the roles of the member as whom one looks around there; only this client pretends. */
  readonly guises = new Table<readonly Snowflake[]>();

  readonly #parts: Readonly<Record<string, Part>>;
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
    this.typing = new Typing(now);
    const { selves, guilds, roles, channels, threads, people, relationships, notifications, readings, messages } = this;
    const { typing, memberLists, expressions, happenings, stages, voices } = this;
    this.#parts = {
      // Counting mentions looks at members and settings as they were before the message.
      readings,
      selves,
      guilds,
      roles,
      channels,
      threads,
      happenings,
      stages,
      voices,
      people,
      relationships,
      notifications,
      messages,
      typing,
      memberLists,
      expressions,
    };
  }

  /** Take in what the gateway tells, in the order in which it does. */
  receive<Name extends EventName>(name: Name, data: Events[Name]): void {
    for (const part of Object.values(this.#parts)) part.on[name]?.(data);
  }

  /**
   * Everything as plain values: what lived through events and what began just now must be the same. Of what was read
   * only what it comes to: the message one read last may be gone, or in a channel one does not see.
   */
  snapshot(): Record<string, unknown> {
    const all = Object.entries(this.#parts).map(([name, part]) => [name, part.snapshot()] as const);
    const awake = sorted(this.channels.byId.entries()).filter(([, channel]) => !isArchived(channel));
    const readings = awake.map(([id]) => {
      const { mention_count, last_pin_timestamp } = this.readings.of(id);
      return [id, this.isUnread(id), mention_count, last_pin_timestamp];
    });
    return { ...Object.fromEntries(all), readings };
  }

  /** All that is worth to be kept, for the browser to clone. */
  dump(): Dump {
    return this.#listed(({ tables }) => tables);
  }

  /** All there is at this moment, for another tab to go on from. */
  picture(): Dump {
    return this.#listed(allOf);
  }

  /** Begin with what was kept, or with what another tab knows. What is not known by this version any more is left out. */
  recall(dump: Dump): void {
    for (const [name, tables] of dump) {
      const part = this.#parts[name];
      if (part !== undefined) for (const [table, entries] of tables) allOf(part)[table]?.become(entries);
    }
    this.people.me = this.selves.account?.id ?? null;
  }

  permissions(channelId: Snowflake): bigint {
    const channel = this.channels.byId.get(channelId);
    if (channel === undefined) return 0n;
    if (channel.guild_id === undefined) return EVERYTHING;
    if (isThread(channel)) return this.#inThread(channel);
    const standing = this.standing(channel.guild_id);
    return standing === null ? 0n : inChannel(standing, channel.permission_overwrites ?? []);
  }

  guildPermissions(guildId: Snowflake): bigint {
    const standing = this.standing(guildId);
    return standing === null ? 0n : inGuild(standing);
  }

  /** Where one stands in a guild; nowhere, where one is not known to be a member. */
  standing(guildId: Snowflake, userId: Snowflake | null = this.people.me): Standing | null {
    const guild = this.guilds.byId.get(guildId);
    const member = userId === null ? undefined : this.people.member(guildId, userId);
    if (guild === undefined || member === undefined || userId === null) return null;
    const until = member.communication_disabled_until;
    const own = {
      guildId,
      ownerId: guild.owner_id,
      roles: this.roles.of(guildId),
      userId,
      memberRoles: member.roles,
      timedOut: until !== null && new Date(until).getTime() > this.#now(),
      isPending: member.pending,
    };
    const worn = userId === this.people.me ? this.guises.get(guildId) : undefined;
    return worn === undefined ? own : { ...own, userId: NOBODY, memberRoles: worn, timedOut: false, isPending: false };
  }

  /** Whether a guild belongs to the reader, as far as one may see. */
  isOwner(guildId: Snowflake): boolean {
    const standing = this.standing(guildId);
    return standing !== null && standing.userId === standing.ownerId;
  }

  isMine({ author, webhook_id }: Events["MESSAGE_CREATE"]): boolean {
    return webhook_id === undefined && this.selves.isMe(author.id);
  }

  known(channelId: Snowflake, id: Snowflake): Message | undefined {
    return this.messages.find(channelId, id);
  }

  guildOf(channelId: Snowflake): Snowflake | undefined {
    return this.channels.byId.get(channelId)?.guild_id;
  }

  callsMe(message: Message, guildId: Snowflake | undefined): boolean {
    const me = this.people.me;
    if (me === null || this.relationships.isUnheard(message.author.id)) return false;
    if (message.mentions.some(({ id }) => id === me)) return true;
    if (guildId === undefined) return message.type !== RECIPIENT_REMOVE && !this.isMuted(message.channel_id);
    const settings = this.notifications.byGuild.get(guildId);
    if (message.mention_everyone && settings?.suppress_everyone !== true) return true;
    const mine = this.people.member(guildId, me)?.roles ?? [];
    return settings?.suppress_roles !== true && message.mention_roles.some((id) => mine.includes(id));
  }

  /** Whether something was said there since one has read, or come. */
  isUnread(channelId: Snowflake): boolean {
    const channel = this.channels.byId.get(channelId);
    const last = this.channels.lastIn(channelId);
    if (channel === undefined || last === null || isForum(channel)) return false;
    const guild = channel.guild_id === undefined ? undefined : this.guilds.byId.get(channel.guild_id);
    const isEarlier = guild !== undefined && isAfter(idAt(Date.parse(guild.joined_at)), last);
    return !isEarlier && this.readings.isUnread(channelId, last);
  }

  /** Whether a channel is one to talk in that one may open. */
  isOpen(channelId: Snowflake): boolean {
    return has(this.permissions(channelId), "VIEW_CHANNEL");
  }

  /** How often one was called in all, where one can get to; who is not let in yet calls nobody. */
  get calls(): number {
    let sum = 0;
    for (const [id, { mention_count: count }] of this.readings.byChannel.entries())
      if (count > 0 && this.isOpen(id) && !this.channels.byId.get(id)?.is_message_request) sum += count;
    return sum;
  }

  /** Whether a channel has a list of members: those of servers and groups do. */
  hasMembers(channelId: Snowflake): boolean {
    const channel = this.channels.byId.get(channelId);
    return channel !== undefined && channel.type !== DIRECT;
  }

  /** Where one is in a voice channel oneself, with whatever device. */
  get seat(): KnownVoice | undefined {
    const states = [...this.guilds.byId.values()].map(({ id }) => this.voices.of(id, this.people.me ?? ""));
    return states.find((state) => state !== undefined);
  }

  /** Whether somebody is in a voice channel, or something is said of it. */
  isLively(channelId: Snowflake): boolean {
    const { voices, stages } = this;
    return voices.in(channelId).length > 0 || voices.statusOf(channelId) !== undefined || stages.byChannel.has(channelId);
  }

  /** Whether one may make channels in a category. */
  mayFill(categoryId: Snowflake): boolean {
    return has(this.permissions(categoryId), "MANAGE_CHANNELS");
  }

  /** Whether it is there to be told of: a thread is where one is in it, or was called in it. */
  isFollowed(channelId: Snowflake): boolean {
    const channel = this.channels.byId.get(channelId);
    if (channel === undefined || !isThread(channel)) return channel !== undefined;
    return !isArchived(channel) && (this.threads.isIn(channelId) || this.readings.of(channelId).mention_count > 0);
  }

  /** By itself, by its category, or by the channel it is a thread of. */
  isMuted(channelId: Snowflake): boolean {
    const parent = this.channels.byId.get(channelId)?.parent_id ?? null;
    return this.ownMute(channelId) !== undefined || (parent !== null && this.ownMute(parent) !== undefined);
  }

  ownMute(channelId: Snowflake): Mute | undefined {
    const now = new Date(this.#now());
    const inThread = muteOf(this.threads.own.get(channelId), now);
    if (inThread !== undefined) return inThread;
    const guildId = this.channels.byId.get(channelId)?.guild_id;
    return this.notifications.channelMute(guildId, channelId, now);
  }

  guildMute(guildId: Snowflake): Mute | undefined {
    return this.notifications.guildMute(guildId, new Date(this.#now()));
  }

  isGuildMuted(guildId: Snowflake): boolean {
    return this.guildMute(guildId) !== undefined;
  }

  /** When the next of all mutes ends. */
  nextUnmuting(): Date | null {
    return nextEnd([...this.notifications.mutes, ...this.threads.own.values()], new Date(this.#now()));
  }

  /** Look at the clock: what was muted until now is muted no more. */
  unmute(): void {
    const now = new Date(this.#now());
    for (const part of [this.notifications, this.threads]) part.wake(now);
  }

  /** Whether one has chosen to see other channels of the server; threads that one follows are seen. */
  isHidden(channelId: Snowflake): boolean {
    const channel = this.channels.byId.get(channelId);
    if (channel?.guild_id === undefined || isThread(channel)) return false;
    return this.notifications.leavesOut(channel.guild_id, channelId, channel.parent_id);
  }

  /** What waits in a server: whether something is unread where one listens, and how often one was called. */
  waitingIn(guildId: Snowflake): Waiting {
    const threads = [...this.channels.of(guildId)].flatMap((id) => [...this.threads.below(id)]).filter((id) => this.isFollowed(id));
    const open = [...this.channels.of(guildId), ...threads].filter((id) => this.isOpen(id));
    const mentions = open.reduce((sum, id) => sum + this.readings.of(id).mention_count, 0);
    const isUnread = !this.isGuildMuted(guildId) && open.some((id) => !this.isMuted(id) && !this.isHidden(id) && this.isUnread(id));
    return { isUnread, mentions };
  }

  /** What the channel above allows; a private one is for those who are in it, and who manages them all. */
  #inThread(thread: KnownChannel): bigint {
    const bits = this.permissions(thread.parent_id ?? "");
    const isIn = this.threads.isIn(thread.id) && !this.guises.has(thread.guild_id ?? "");
    const isHidden = isPrivate(thread) && !isIn && !has(bits, "MANAGE_THREADS");
    return isHidden ? 0n : inThread(bits);
  }

  #listed(tablesOf: (part: Part) => Part["tables"]): Dump {
    return Object.entries(this.#parts).map(([name, part]) => [
      name,
      Object.entries(tablesOf(part)).map(([table, records]) => [table, [...records.entries()]] as const),
    ]);
  }

  #forget(channelIds: readonly Snowflake[]): void {
    for (const part of [this.messages, this.typing, this.happenings, this.stages, this.voices]) part.forget(channelIds);
  }
}

function allOf({ tables, passing }: Part): Part["tables"] {
  return { ...tables, ...passing };
}
