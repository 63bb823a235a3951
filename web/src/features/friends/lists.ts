/** One's relations to people, sorted into the pages of the friends' room. */
import type { Snowflake } from "../../wire/types";
import { statusOf } from "../../world/presences";
import { BLOCKED, FRIEND, INCOMING, OUTGOING, type KnownRelationship } from "../../world/relationships";
import type { World } from "../../world/world";
import { nameOf } from "../people/names";

export const PAGES = ["online", "all", "pending", "blocked"] as const;

export type Page = (typeof PAGES)[number];

export interface Section {
  readonly name: "incoming" | "online" | "all" | "outgoing" | "blocked" | "ignored";
  readonly ids: readonly Snowflake[];
}

/** Whether somebody goes by what is looked for, in any of their names. */
export function isLike(world: World, userId: Snowflake, search: string): boolean {
  const wanted = search.trim().toLocaleLowerCase();
  const user = world.people.users.get(userId);
  const names = [nameOf(world, userId), user?.global_name ?? "", user?.username ?? ""];
  return wanted === "" || names.some((name) => name.toLocaleLowerCase().includes(wanted));
}

/** What stands on a page, by name within each part; what is empty is left out. */
export function sectionsOf(world: World, page: Page, search = ""): readonly Section[] {
  const all = [...world.relationships.byId.values()];
  const named = (wanted: (one: KnownRelationship) => boolean) =>
    all
      .filter((one) => wanted(one) && isLike(world, one.id, search))
      .map(({ id }) => id)
      .sort((one, other) => nameOf(world, one).localeCompare(nameOf(world, other)));
  const isOnline = ({ id, type }: KnownRelationship) => type === FRIEND && statusOf(world, id) !== "offline";
  const incoming: Section = { name: "incoming", ids: named(({ type }) => type === INCOMING) };
  const sections: Readonly<Record<Page, readonly Section[]>> = {
    online: [incoming, { name: "online", ids: named(isOnline) }],
    all: [{ name: "all", ids: named(({ type }) => type === FRIEND) }],
    pending: [incoming, { name: "outgoing", ids: named(({ type }) => type === OUTGOING) }],
    blocked: [
      { name: "blocked", ids: named(({ type }) => type === BLOCKED) },
      { name: "ignored", ids: named(({ type, user_ignored }) => user_ignored && type !== BLOCKED) },
    ],
  };
  return sections[page].filter(({ ids }) => ids.length > 0);
}

/** How many requests wait for an answer, of either side. */
export function pendingIn(world: World): number {
  return [...world.relationships.byId.values()].filter(({ type }) => type === INCOMING || type === OUTGOING).length;
}
