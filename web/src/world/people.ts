/** Everybody this client has heard of: users, their members in guilds, and their presences. */
import type {
  Activity,
  ClientStatus,
  Events,
  Member,
  PartialMember,
  PresenceUpdate,
  Snowflake,
  User,
  UserlessMember,
  UserlessPresence,
  VoiceState,
} from "../wire/types";
import { sorted, without, type Applies, type Part } from "./parts";
import { Table } from "./table";

/** A member's user stands in the table of users. */
export type KnownMember = PartialMember;

export interface Presence {
  readonly status: string;
  readonly activities: readonly Activity[];
  readonly client_status: ClientStatus;
}

const memberId = (guildId: Snowflake, userId: Snowflake) => `${guildId}:${userId}`;

/** Of a user what every event tells, and not the member that comes along with some. */
const plain = (user: User): User => without(user, ["member"]);

const known = (member: Member | UserlessMember | PartialMember): KnownMember =>
  without(member, ["user", "user_id", "guild_id", "presence"]);

export class People implements Part {
  readonly users = new Table<User>();
  readonly #members = new Table<KnownMember>();
  readonly #presences = new Table<Presence>();
  /** Oneself, once READY has come. */
  me: Snowflake | null = null;

  readonly tables = { users: this.users, members: this.#members, presences: this.#presences };

  readonly on: Applies = {
    READY: (ready) => this.#begin(ready),
    GUILD_CREATE: ({ id, members, presences, voice_states }) => {
      for (const member of members ?? []) this.#meet(id, member);
      this.#meetInside(id, voice_states);
      for (const presence of presences ?? []) this.#appear(presence.user.id, presence);
    },
    GUILD_DELETE: ({ id, unavailable }) => {
      if (unavailable !== true) this.#leave(id);
    },
    GUILD_MEMBER_ADD: (member) => this.#meet(member.guild_id, member),
    GUILD_MEMBER_UPDATE: (member) => this.#meet(member.guild_id, member),
    GUILD_MEMBER_REMOVE: ({ guild_id, user }) => this.#members.delete(memberId(guild_id, user.id)),
    GUILD_MEMBERS_CHUNK: ({ guild_id, members, presences }) => {
      for (const member of members) this.#meet(guild_id, member);
      for (const presence of presences ?? []) this.#appear(presence.user.id, presence);
    },
    GUILD_MEMBER_LIST_UPDATE: ({ guild_id, ops }) => {
      for (const { member } of ops.flatMap(({ items, item }) => items ?? (item ? [item] : []))) {
        if (member === undefined) continue;
        this.#meet(guild_id, member);
        if (member.presence !== null) this.#appear(member.user.id, member.presence);
      }
    },
    VOICE_STATE_UPDATE: (state) => {
      if (state.guild_id && state.channel_id !== null) this.#meetInside(state.guild_id, [state]);
    },
    THREAD_MEMBERS_UPDATE: ({ guild_id, added_members }) => {
      for (const { member } of added_members) if (member !== undefined) this.#meet(guild_id, member);
    },
    GUILD_ROLE_DELETE: ({ guild_id, role_id }) => this.#takeRole(guild_id, role_id),
    PRESENCE_UPDATE: (presence) => this.#appear(presence.user.id, presence),
    USER_UPDATE: (user) => this.users.set(user.id, { ...this.users.get(user.id), ...plain(user) }),
    RELATIONSHIP_ADD: ({ user }) => this.#know(user),
    CHANNEL_CREATE: ({ recipients }) => (recipients ?? []).forEach((user) => this.#know(user)),
    CHANNEL_RECIPIENT_ADD: ({ user }) => this.#know(user),
    MESSAGE_CREATE: (message) => this.#hear(message),
    MESSAGE_UPDATE: (message) => this.#hear(message),
    TYPING_START: ({ guild_id, member }) => {
      if (guild_id !== undefined && member !== undefined) this.#meet(guild_id, member);
    },
    MESSAGE_REACTION_ADD: ({ guild_id, member }) => {
      if (guild_id !== undefined && member !== undefined) this.#meet(guild_id, member);
    },
  };

  member(guildId: Snowflake, userId: Snowflake): KnownMember | undefined {
    return this.#members.get(memberId(guildId, userId));
  }

  /** Those members of a guild that one has heard of. */
  *membersOf(guildId: Snowflake): Generator<readonly [Snowflake, KnownMember]> {
    const prefix = memberId(guildId, "");
    for (const [id, member] of this.#members.entries()) if (id.startsWith(prefix)) yield [id.slice(prefix.length), member];
  }

  /** Nobody one has heard nothing of is taken for online. */
  presence(userId: Snowflake): Presence | undefined {
    return this.#presences.get(userId);
  }

  /** People who came with an answer, such as a page of messages. */
  learn(users: Iterable<User>): void {
    for (const user of users) this.#know(user);
  }

  /** Members who came with an answer. */
  meet(guildId: Snowflake, members: Iterable<Member>): void {
    for (const member of members) this.#meet(guildId, member);
  }

  snapshot(): unknown {
    const online = [...this.#presences.entries()].filter(([, { status }]) => status !== "offline");
    return {
      me: this.me,
      users: sorted(this.users.entries()),
      members: sorted(this.#members.entries()),
      presences: sorted(online),
    };
  }

  #begin({ user, users, guilds, merged_members, merged_presences, relationships }: Events["READY"]): void {
    this.me = user.id;
    this.users.become([plain(user), ...(users ?? [])].map((one) => [one.id, one] as const));
    this.#members.clear();
    this.#presences.clear();
    for (const relationship of relationships) if ("user" in relationship) this.#know(relationship.user);
    guilds.forEach((guild, place) => {
      for (const member of merged_members?.[place] ?? []) {
        this.#members.set(memberId(guild.id, member.user_id), known(member));
      }
      for (const member of guild.members ?? []) this.#meet(guild.id, member);
      this.#meetInside(guild.id, guild.voice_states);
    });
    const present = [...(merged_presences?.friends ?? []), ...(merged_presences?.guilds.flat() ?? [])];
    for (const presence of present) this.#appear(presence.user_id, presence);
  }

  #know(user: User): void {
    const before = this.users.get(user.id);
    const next = plain(user);
    if (before === undefined || !same(before, next)) this.users.set(user.id, { ...before, ...next });
  }

  #meet(guildId: Snowflake, member: Member): void {
    this.#know(member.user);
    this.#put(guildId, member.user.id, member);
  }

  #meetInside(guildId: Snowflake, states: readonly VoiceState[] = []): void {
    for (const { member } of states) if (member !== undefined) this.#meet(guildId, member);
  }

  #put(guildId: Snowflake, userId: Snowflake, member: Member | PartialMember): void {
    const id = memberId(guildId, userId);
    const next = known(member);
    const before = this.#members.get(id);
    if (before === undefined || !same(before, next)) this.#members.set(id, next);
  }

  #hear(message: Events["MESSAGE_CREATE"]): void {
    if (message.webhook_id !== undefined) return;
    this.#know(message.author);
    for (const user of message.mentions) this.#know(user);
    const guildId = message.guild_id;
    if (guildId === undefined) return;
    if (message.member !== undefined) this.#put(guildId, message.author.id, message.member);
    for (const user of message.mentions) if (user.member !== undefined) this.#put(guildId, user.id, user.member);
  }

  #appear(userId: Snowflake, presence: PresenceUpdate | UserlessPresence): void {
    const { status, activities, client_status } = presence;
    this.#presences.set(userId, { status, activities, client_status });
  }

  #takeRole(guildId: Snowflake, roleId: Snowflake): void {
    for (const [id, member] of [...this.#members.entries()]) {
      if (id.startsWith(`${guildId}:`) && member.roles.includes(roleId)) {
        this.#members.set(id, { ...member, roles: member.roles.filter((one) => one !== roleId) });
      }
    }
  }

  #leave(guildId: Snowflake): void {
    for (const id of [...this.#members.ids()]) if (id.startsWith(`${guildId}:`)) this.#members.delete(id);
  }
}

/** Whether every field of the second says what the first says already. */
function same(before: object, next: object): boolean {
  const known = before as Record<string, unknown>;
  return Object.entries(next).every(([field, value]) => {
    const old = known[field];
    return Object.is(old, value) || (typeof value === "object" && JSON.stringify(old) === JSON.stringify(value));
  });
}
