/** What a filter could be, from what was typed of it. */
import type { Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";
import { CATEGORY } from "../channels/listed";
import { nameOf, titleOf } from "../people/names";
import { folded, match } from "../switcher/scoring";
import { AUTHORS, DAY, HAS, KINDS, type Filter, type Kind, type Scope } from "./filters";
import { typedIn } from "./typing";

export type Suggestion =
  /** A filter of which the value is still to be said. */
  | { readonly type: "kind"; readonly kind: Kind; readonly hint: string }
  | { readonly type: "filter"; readonly filter: Filter; readonly hint: string };

export interface Around {
  readonly scope: Scope;
  readonly guildId: Snowflake | null;
}

type Say = App["speech"]["say"];
interface Candidate {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
}

const MOST = 8;
const FEW = 3;

export function isoDay(date: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function people(world: World, { scope, guildId }: Around): readonly Candidate[] {
  const isHere = scope === "here" && guildId !== null;
  return [...world.people.users.values()]
    .filter(({ id }) => !isHere || world.people.member(guildId, id) !== undefined)
    .map((user) => ({ value: user.id, label: nameOf(world, user.id, isHere ? guildId : null, user), hint: user.username }));
}

function channels(world: World, { scope, guildId }: Around): readonly Candidate[] {
  const isWanted = (guild: Snowflake | undefined) => (scope === "here" ? guild === (guildId ?? undefined) : scope === "all" || guild === undefined);
  return [...world.channels.byId.values()]
    .filter(({ type, guild_id, id }) => type !== CATEGORY && isWanted(guild_id) && world.isOpen(id))
    .map((channel) => ({ value: channel.id, label: titleOf(world, channel), hint: world.guilds.byId.get(channel.guild_id ?? "")?.name ?? "" }));
}

function days(say: Say, now: Date): readonly Candidate[] {
  const ago = (years: number, months: number, daysBack: number) =>
    isoDay(new Date(now.getFullYear() - years, now.getMonth() - months, now.getDate() - daysBack));
  return [
    { value: ago(0, 0, 0), label: say("search.day.today"), hint: ago(0, 0, 0) },
    { value: ago(0, 0, 1), label: say("search.day.yesterday"), hint: ago(0, 0, 1) },
    { value: ago(0, 0, 7), label: say("search.day.week"), hint: ago(0, 0, 7) },
    { value: ago(0, 1, 0), label: say("search.day.month"), hint: ago(0, 1, 0) },
    { value: ago(1, 0, 0), label: say("search.day.year"), hint: ago(1, 0, 0) },
  ];
}

function candidates(kind: Kind, begun: string, world: World, say: Say, around: Around, now: Date): readonly Candidate[] {
  switch (kind) {
    case "from":
    case "mentions":
      return people(world, around);
    case "in":
      return channels(world, around);
    case "has":
      return HAS.map((value) => ({ value, label: say(`search.has.${value}`), hint: value }));
    case "author_type":
      return AUTHORS.map((value) => ({ value, label: say(`search.author.${value}`), hint: value }));
    case "pinned":
      return [
        { value: "true", label: say("search.yes"), hint: "true" },
        { value: "false", label: say("search.no"), hint: "false" },
      ];
    default:
      return DAY.test(begun) ? [{ value: begun, label: begun, hint: "" }] : days(say, now);
  }
}

/** Those that fit best first; a name counts as much as a user name or a word of the syntax. */
function fitting(all: readonly Candidate[], begun: string, most: number): readonly Candidate[] {
  const query = folded(begun);
  return all
    .flatMap((one) => {
      const scores = [one.label, one.hint].flatMap((text) => match(query, folded(text))?.score ?? []);
      return scores.length > 0 ? [{ one, score: Math.max(...scores) }] : [];
    })
    .sort((first, second) => second.score - first.score || first.one.label.localeCompare(second.one.label))
    .slice(0, most)
    .map(({ one }) => one);
}

export function suggestions(text: string, world: World, say: Say, around: Around, now = new Date()): readonly Suggestion[] {
  const { kind, begun } = typedIn(text);
  const filters = (of: Kind, most: number): readonly Suggestion[] =>
    fitting(candidates(of, begun, world, say, around, now), begun, most).map(({ value, label, hint }) => ({ type: "filter", filter: { kind: of, value, label }, hint }));
  if (kind !== undefined) return filters(kind, MOST);
  const kinds = KINDS.filter((one) => begun === "" || one.startsWith(begun.toLowerCase()));
  const begunKinds = kinds.map((one): Suggestion => ({ type: "kind", kind: one, hint: say(`search.kind.${one}`) }));
  return begun.length < 2 ? begunKinds : [...begunKinds, ...filters("from", FEW), ...filters("in", FEW)];
}
