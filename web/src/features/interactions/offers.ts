/** What can be chosen: what an application offers, or people, roles and channels of the place. */
import type { PartialEmoji, Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import { hue } from "../../ui/hue";
import { best, fit, fitAny } from "../composer/ranking";
import { nameOf } from "../people/names";
import { emojiOf, type Option, type Select } from "./components";

export type Sign =
  | { readonly kind: "user" | "channel"; readonly id: Snowflake }
  | { readonly kind: "role"; readonly hue: number | undefined }
  | { readonly kind: "emoji"; readonly emoji: PartialEmoji };

export interface Offer {
  readonly value: string;
  readonly label: string;
  readonly note?: string;
  readonly sign?: Sign;
}

export type Entity = "user" | "role" | "mentionable" | "channel";

const MOST = 25;
const KINDS: Readonly<Record<Select["type"], Entity | null>> = { 3: null, 5: "user", 6: "role", 7: "mentionable", 8: "channel" };

export function entityOf({ type }: Pick<Select, "type">): Entity | null {
  return KINDS[type];
}

export function offerOf({ value, label, description, emoji }: Option): Offer {
  return { value, label, ...(description ? { note: description } : {}), ...(emoji ? { sign: { kind: "emoji", emoji: emojiOf(emoji) } } : {}) };
}

/** Those that fit what is sought, the best first; all in their order where nothing is. */
export function sought(all: readonly Offer[], words: string, most = all.length): readonly Offer[] {
  const query = words.trim().toLowerCase();
  return best(all, ({ label, note }) => fitAny([label, note], query), most);
}

/** Of the place where a channel is; the best few. */
export function entities(world: World, channelId: Snowflake, entity: Entity, words: string, types: readonly number[] = []): readonly Offer[] {
  const query = words.trim().toLowerCase();
  if (entity === "channel") return channels(world, channelId, query, types);
  const users = entity === "role" ? [] : people(world, channelId, query);
  const called = entity === "user" ? [] : roles(world, channelId, query);
  return [...called.slice(0, MOST - Math.min(users.length, MOST / 2)), ...users].slice(0, MOST);
}

/** As it is shown once it is chosen; by its id where it is not known. */
export function entityNamed(world: World, channelId: Snowflake, id: string): Offer {
  const guildId = world.guildOf(channelId);
  const role = guildId === undefined ? undefined : world.roles.of(guildId).get(id);
  if (role !== undefined) return roleOffer(role);
  const channel = world.channels.byId.get(id);
  if (channel !== undefined) return { value: id, label: channel.name ?? id, sign: { kind: "channel", id } };
  return { value: id, label: nameOf(world, id, guildId) || id, sign: { kind: "user", id } };
}

function people(world: World, channelId: Snowflake, query: string): readonly Offer[] {
  const guildId = world.guildOf(channelId);
  const namesOf = (id: Snowflake) => {
    const user = world.people.users.get(id);
    return [user?.username, user?.global_name, guildId === undefined ? null : world.people.member(guildId, id)?.nick];
  };
  return best(idsIn(world, channelId), (id) => fitAny(namesOf(id), query), MOST).map((id) => {
    const username = world.people.users.get(id)?.username ?? "";
    const label = nameOf(world, id, guildId);
    return { value: id, label, ...(label === username ? {} : { note: username }), sign: { kind: "user", id } };
  });
}

function* idsIn(world: World, channelId: Snowflake): Generator<Snowflake> {
  const guildId = world.guildOf(channelId);
  if (guildId !== undefined) for (const [id] of world.people.membersOf(guildId)) yield id;
  else {
    if (world.people.me !== null) yield world.people.me;
    yield* world.channels.byId.get(channelId)?.recipient_ids ?? [];
  }
}

function roles(world: World, channelId: Snowflake, query: string): readonly Offer[] {
  const guildId = world.guildOf(channelId);
  if (guildId === undefined) return [];
  return best(world.roles.of(guildId).values(), ({ name }) => fit(name.toLowerCase(), query), MOST).map(roleOffer);
}

function roleOffer({ id, name, color }: { readonly id: Snowflake; readonly name: string; readonly color: number }): Offer {
  return { value: id, label: name.startsWith("@") ? name : `@${name}`, sign: { kind: "role", hue: color === 0 ? undefined : hue(color) } };
}

function channels(world: World, channelId: Snowflake, query: string, types: readonly number[]): readonly Offer[] {
  const guildId = world.guildOf(channelId);
  if (guildId === undefined) return [];
  const seen = [...world.channels.of(guildId)].flatMap((id) => world.channels.byId.get(id) ?? []);
  const fitting = seen.filter(({ id, type }) => world.isOpen(id) && (types.length === 0 || types.includes(type)));
  return best(fitting, ({ name }) => fit(name?.toLowerCase() ?? "", query), MOST).map(({ id, name, parent_id }) => {
    const parent = world.channels.byId.get(parent_id ?? "")?.name;
    return { value: id, label: name ?? id, ...(parent ? { note: parent } : {}), sign: { kind: "channel", id } };
  });
}
