/** Where one can go: channels, private ones, people and servers, with what speaks for each of them. */
import type { Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import { CATEGORY, STAGE, VOICE } from "../channels/listed";
import { nameOf, titleOf } from "../people/names";
import { folded, match, type Match } from "./scoring";

export type Kind = "text" | "voice" | "person" | "server";

export interface Place {
  readonly kind: Kind;
  /** Of the channel, the person or the server. */
  readonly id: Snowflake;
  readonly name: string;
  readonly folded: string;
  /** The server, and the category in it. */
  readonly where: string;
  readonly foldedWhere: string;
  readonly guildId: Snowflake | null;
}

export interface Found extends Match {
  readonly place: Place;
}

/** What a first letter asks for. */
export const PREFIXES: Readonly<Record<string, Kind>> = { "@": "person", "#": "text", "!": "voice", "*": "server" };

const MOST = 30;
const UNREAD = 9;
const MENTIONED = 14;
const RECENT = 10;
const WITH_SOUND: ReadonlySet<number> = new Set([VOICE, STAGE]);
const DIRECT = 1;

function place(kind: Kind, id: Snowflake, name: string, where: string, guildId: Snowflake | null): Place {
  return { kind, id, name, folded: folded(name), where, foldedWhere: folded(where), guildId };
}

/** Every place once; whether one may go there is asked of those that are found. */
export function placesOf(world: World): readonly Place[] {
  const places: Place[] = [];
  const met = new Set<Snowflake>();
  for (const guild of world.guilds.byId.values()) {
    places.push(place("server", guild.id, guild.name, "", guild.id));
  }
  for (const channel of world.channels.byId.values()) {
    if (channel.type === CATEGORY) continue;
    if (channel.type === DIRECT) (channel.recipient_ids ?? []).forEach((id) => met.add(id));
    const guildId = channel.guild_id ?? null;
    const guild = guildId === null ? "" : (world.guilds.byId.get(guildId)?.name ?? "");
    const category = world.channels.byId.get(channel.parent_id ?? "")?.name ?? "";
    const kind = channel.type === DIRECT ? "person" : WITH_SOUND.has(channel.type) ? "voice" : "text";
    places.push(place(kind, channel.id, titleOf(world, channel), [category, guild].filter(Boolean).join(", "), guildId));
  }
  for (const { id } of world.relationships.byId.values()) {
    if (!met.has(id)) places.push(place("person", id, nameOf(world, id), "", null));
  }
  return places;
}

function isOpen(world: World, { kind, id }: Place): boolean {
  return kind === "server" || !world.channels.byId.has(id) || world.isOpen(id);
}

/** What speaks for a place beside its name. */
function weight(world: World, { kind, id }: Place, recent: readonly Snowflake[]): number {
  if (kind === "server") return 0;
  const at = recent.indexOf(id);
  const isUnread = world.isFollowed(id) && !world.isMuted(id) && world.isUnread(id);
  const mentions = world.readings.of(id).mention_count;
  return (isUnread ? UNREAD : 0) + (mentions > 0 ? MENTIONED : 0) + (at < 0 ? 0 : RECENT - Math.min(at, RECENT - 1));
}

/** Fits the name; or its first words do, and the rest fits the server. */
function fits(query: string, { folded: name, foldedWhere }: Place): Match | undefined {
  const own = match(query, name);
  if (own !== undefined || !query.includes(" ")) return own;
  const cut = query.lastIndexOf(" ");
  const first = match(query.slice(0, cut).trim(), name);
  const rest = match(query.slice(cut + 1), foldedWhere);
  return first && rest && { score: first.score + rest.score / 2, marks: first.marks };
}

/** The best ones first; `recent` holds where one was, the last one first. */
export function search(world: World, places: readonly Place[], typed: string, recent: readonly Snowflake[]): readonly Found[] {
  const kind = PREFIXES[typed.charAt(0)];
  const query = folded(kind === undefined ? typed : typed.slice(1)).trim();
  const matched: Found[] = [];
  for (const one of places) {
    if (kind !== undefined && one.kind !== kind) continue;
    const found = fits(query, one);
    if (found) matched.push({ place: one, score: found.score, marks: found.marks });
  }
  // What is read, and what may be opened, is worked out for the likely ones alone.
  matched.sort((one, other) => other.score - one.score);
  const likely = matched.slice(0, MOST * 4).map((found) => ({ ...found, score: found.score + weight(world, found.place, recent) }));
  likely.sort((one, other) => other.score - one.score);
  return likely.filter(({ place: one }) => isOpen(world, one)).slice(0, MOST);
}

/** Where something waits: where one was called first. */
export function waiting(world: World, places: readonly Place[]): readonly Place[] {
  const unread = places.filter(({ kind, id }) => kind !== "server" && world.isFollowed(id) && !world.isMuted(id) && world.isUnread(id));
  const calls = ({ id }: Place) => world.readings.of(id).mention_count;
  return unread
    .filter((one) => isOpen(world, one))
    .sort((one, other) => calls(other) - calls(one))
    .slice(0, RECENT);
}
