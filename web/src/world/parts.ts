/** What a part of the world is: records, and what each event does to them. */
import type { Events, Snowflake } from "../wire/types";
import type { Table } from "./table";

export type EventName = keyof Events;

export type Applies = { readonly [Name in EventName]?: (data: Events[Name]) => void };

export interface Part {
  /** What happens here at each event; the rest of the events mean nothing to this part. */
  readonly on: Applies;
  /** What is kept for a start without the server. */
  readonly tables: Readonly<Record<string, Table<unknown>>>;
  /** What only holds for the moment: the other tabs are told of it, but it is not kept. */
  readonly passing?: Readonly<Record<string, Table<unknown>>>;
  /** All it knows as plain values, so that two worlds can be compared. */
  snapshot(): unknown;
}

/** The entries of a table in the order of their ids. */
export function sorted<Value>(entries: Iterable<readonly [string, Value]>): [string, Value][] {
  return [...entries].map(([id, value]): [string, Value] => [id, value]).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The same object without some of its fields. */
export function without<Whole extends object>(whole: Whole, fields: readonly string[]): Whole {
  return Object.fromEntries(Object.entries(whole).filter(([field]) => !fields.includes(field))) as Whole;
}

/** Of what lies in a guild, hold exactly these. */
export function replaceIn<Value extends { readonly guild_id: Snowflake }>(
  table: Table<Value>,
  guildId: Snowflake,
  entries: readonly (readonly [string, Value])[],
): void {
  const next = new Map(entries);
  for (const [id, { guild_id }] of [...table.entries()]) if (guild_id === guildId && !next.has(id)) table.delete(id);
  for (const [id, value] of next) table.set(id, value);
}
