/** What the switcher shows for what was typed, in its sections. */
import type { Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import { searchCommands, type Command } from "./commands";
import { search, waiting, type Place } from "./places";

export interface Option {
  readonly key: string;
  readonly name: string;
  readonly where: string;
  readonly marks: readonly number[];
  readonly place?: Place;
  readonly command?: Command;
}

export type SectionName = "unread" | "recent" | "places" | "do";

export interface Section {
  readonly name: SectionName;
  readonly options: readonly Option[];
}

const RECENT_MOST = 8;

function optionOf(place: Place, marks: readonly number[] = []): Option {
  return { key: `${place.kind} ${place.id}`, name: place.name, where: place.where, marks, place };
}

export function sectionsOf(
  world: World,
  places: readonly Place[],
  commands: readonly Command[],
  typed: string,
  recent: readonly Snowflake[],
): readonly Section[] {
  const toDo = { name: "do", options: searchCommands(commands, typed).map(({ command, marks }) => ({ key: command.id, name: command.name, where: command.where, marks, command })) } as const;
  if (typed.startsWith(">")) return filled([toDo]);
  if (typed.trim() === "") return filled(begun(world, places, recent));
  const found = search(world, places, typed, recent);
  const known = new Set(recent);
  const isWaiting = ({ kind, id }: Place) => kind !== "server" && world.channels.byId.has(id) && !world.isMuted(id) && world.isUnread(id);
  const of = (fits: (place: Place) => boolean) => found.filter((one) => fits(one.place)).map((one) => optionOf(one.place, one.marks));
  const isRecent = (place: Place) => !isWaiting(place) && known.has(place.id);
  return filled([
    { name: "unread", options: of(isWaiting) },
    { name: "recent", options: of(isRecent) },
    { name: "places", options: of((place) => !isWaiting(place) && !isRecent(place)) },
    toDo,
  ]);
}

/** Before anything was typed: what waits, and where one was. */
function begun(world: World, places: readonly Place[], recent: readonly Snowflake[]): readonly Section[] {
  const unread = waiting(world, places);
  const waits = new Set(unread.map(({ id }) => id));
  const byId = new Map(places.map((place) => [place.id, place]));
  // The first one is where the reader is.
  const before = recent.slice(1).flatMap((id) => byId.get(id) ?? []).filter(({ id }) => !waits.has(id) && world.isOpen(id));
  return [
    { name: "unread", options: unread.map((place) => optionOf(place)) },
    { name: "recent", options: before.slice(0, RECENT_MOST).map((place) => optionOf(place)) },
  ];
}

/** The best section comes first: the one whose first option fits best was found first. */
function filled(sections: readonly Section[]): readonly Section[] {
  return sections.filter(({ options }) => options.length > 0);
}
