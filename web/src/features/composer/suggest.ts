/** What may be meant by a word that is being written: people, roles, channels, emojis; the best few of each. */
import { has } from "../../permissions/permissions";
import type { Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import { hueOf, nameOf } from "../people/names";
import { hue } from "../../ui/hue";
import { toned } from "../pickers/tones";
import type { UnicodeEmojis } from "../pickers/unicode";
import { usableEmojis } from "../pickers/usable";
import { customWire } from "./names";
import { best, fit, fitAny } from "./ranking";
import type { Token } from "./tokens";

interface Common {
  readonly key: string;
  /** What is written for it. */
  readonly word: string;
  /** What is sent for it. */
  readonly wire: string;
  readonly name: string;
  readonly note?: string;
  readonly hue?: number | undefined;
}

export type Suggestion = Common &
  (
    | { readonly kind: "user"; readonly id: Snowflake }
    | { readonly kind: "role" | "all" }
    | { readonly kind: "channel"; readonly id: Snowflake }
    | { readonly kind: "unicode"; readonly char: string }
    | { readonly kind: "emoji"; readonly id: Snowflake; readonly animated: boolean }
  );

export interface Asking {
  readonly world: World;
  readonly channelId: Snowflake;
  readonly unicode: UnicodeEmojis | null;
  readonly tone: number;
}

const MOST = 10;
const MOST_ROLES = 4;

export function suggestions(asking: Asking, token: Token): readonly Suggestion[] {
  const query = token.query.toLowerCase();
  if (token.trigger === "channel") return channels(asking, query);
  return token.trigger === "emoji" ? emojis(asking, query) : called(asking, query);
}

function called(asking: Asking, query: string): readonly Suggestion[] {
  return [...users(asking, query), ...roles(asking, query), ...everybody(asking, query)].slice(0, MOST);
}

/** Who spoke here last comes first. */
function users({ world, channelId }: Asking, query: string): Suggestion[] {
  const guildId = world.guildOf(channelId);
  const nick = (id: Snowflake) => (guildId === undefined ? null : world.people.member(guildId, id)?.nick);
  const rank = (id: Snowflake) => {
    const user = world.people.users.get(id);
    return user === undefined ? undefined : fitAny([user.username, user.global_name, nick(id)], query);
  };
  return best(candidates(world, channelId), rank, query === "" ? MOST - MOST_ROLES : MOST).map((id) => {
    const username = world.people.users.get(id)?.username ?? "";
    const name = nameOf(world, id, guildId);
    const note = name === username ? undefined : username;
    const common = { key: id, word: `@${username}`, wire: `<@${id}>`, name, hue: hueOf(world, guildId, id) };
    return { kind: "user", id, ...common, ...(note === undefined ? {} : { note }) };
  });
}

function* candidates(world: World, channelId: Snowflake): Generator<Snowflake> {
  const channel = world.channels.byId.get(channelId);
  const isThere = (id: Snowflake) =>
    channel?.guild_id === undefined ? channel?.recipient_ids?.includes(id) : world.people.member(channel.guild_id, id) !== undefined;
  const spoke = new Set<Snowflake>();
  for (const { author } of world.messages.of(channelId).messages.toReversed()) if (isThere(author.id)) spoke.add(author.id);
  yield* spoke;
  if (channel?.guild_id === undefined) yield* (channel?.recipient_ids ?? []).filter((id) => !spoke.has(id));
  else for (const [id] of world.people.membersOf(channel.guild_id)) if (!spoke.has(id)) yield id;
}

function roles({ world, channelId }: Asking, query: string): Suggestion[] {
  const guildId = world.guildOf(channelId);
  if (guildId === undefined) return [];
  const mayAll = has(world.permissions(channelId), "MENTION_EVERYONE");
  const callable = [...world.roles.of(guildId).values()].filter(({ id, mentionable }) => id !== guildId && (mentionable || mayAll));
  return best(callable, ({ name }) => fit(name.toLowerCase(), query), MOST_ROLES).map(({ id, name, color }) => ({
    kind: "role",
    key: id,
    word: `@${name}`,
    wire: `<@&${id}>`,
    name: `@${name}`,
    hue: color === 0 ? undefined : hue(color),
  }));
}

function everybody({ world, channelId }: Asking, query: string): Suggestion[] {
  if (world.guildOf(channelId) === undefined || !has(world.permissions(channelId), "MENTION_EVERYONE")) return [];
  const words = ["@everyone", "@here"].filter((word) => word.slice(1).startsWith(query));
  return words.map((word) => ({ kind: "all", key: word, word, wire: word, name: word }));
}

function channels({ world, channelId }: Asking, query: string): Suggestion[] {
  const guildId = world.guildOf(channelId);
  if (guildId === undefined) return [];
  const open = [...world.channels.of(guildId)].filter((id) => world.isOpen(id) && world.channels.byId.get(id)?.type !== CATEGORY);
  const nameOfChannel = (id: Snowflake) => world.channels.byId.get(id)?.name ?? "";
  return best(open, (id) => fit(nameOfChannel(id).toLowerCase(), query), MOST).map((id) => {
    const parent = world.channels.byId.get(world.channels.byId.get(id)?.parent_id ?? "")?.name;
    const name = nameOfChannel(id);
    return { kind: "channel", key: id, id, word: `#${name}`, wire: `<#${id}>`, name, ...(parent ? { note: parent } : {}) };
  });
}

const CATEGORY = 4;

function emojis({ world, channelId, unicode, tone }: Asking, query: string): Suggestion[] {
  const own = usableEmojis(world, channelId).flatMap(({ name: place, all }) => all.map((emoji) => ({ place, emoji })));
  const custom = best(own, ({ emoji }) => fit(emoji.name.toLowerCase(), query), MOST).map(({ place, emoji }): Suggestion => {
    const { id, name, animated } = emoji;
    return { kind: "emoji", key: id, id, animated, word: `:${name}:`, wire: customWire(emoji), name: `:${name}:`, note: place };
  });
  const plain = best(unicode?.all ?? [], ({ names }) => fitAny(names, query), MOST - custom.length).map((emoji): Suggestion => {
    const char = toned(emoji, tone);
    const name = emoji.names.find((one) => one.includes(query)) ?? emoji.names[0] ?? "";
    return { kind: "unicode", key: char, char, word: char, wire: char, name: `:${name}:` };
  });
  return [...custom, ...plain];
}
