/** What a search is narrowed down by, and how the server is asked for it. */
import type { FiltersInput, SearchQueryInput, Snowflake } from "../../wire/types";

export const KINDS = ["from", "in", "has", "mentions", "before", "after", "during", "pinned", "author_type"] as const;
export type Kind = (typeof KINDS)[number];

export interface Filter {
  readonly kind: Kind;
  /** An id, a word or a day. */
  readonly value: string;
  /** How it is shown. */
  readonly label: string;
}

/** Where one searches: the server or the private channel one is in, all private ones, or everything. */
export type Scope = "here" | "directs" | "all";
export type Sort = "newest" | "oldest" | "closest";

export interface Wanted {
  readonly text: string;
  readonly filters: readonly Filter[];
  readonly sort: Sort;
  readonly page: number;
}

type Query = Partial<SearchQueryInput>;
type Has = NonNullable<SearchQueryInput["has"]>[number];
type AuthorType = NonNullable<SearchQueryInput["author_type"]>[number];

export const PAGE = 25;
export const HAS = ["link", "embed", "file", "image", "video", "sound", "sticker", "snapshot"] as const satisfies readonly Has[];
export const AUTHORS = ["user", "bot", "webhook"] as const satisfies readonly AuthorType[];
export const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const SORTS: Readonly<Record<Sort, Pick<Query, "sort_by" | "sort_order">>> = {
  newest: { sort_by: "timestamp", sort_order: "desc" },
  oldest: { sort_by: "timestamp", sort_order: "asc" },
  closest: { sort_by: "relevance", sort_order: "desc" },
};

/** Midnight where the reader is, some days on. */
function midnight(day: string, later = 0): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

/** Days are the reader's own: `before` ends at their start, `after` begins with them, `during` is one of them. */
function bounds(filters: readonly Filter[]): Pick<Query, "before" | "after"> {
  const of = (kind: Kind) => filters.findLast((one) => one.kind === kind)?.value;
  const [during, before, after] = [of("during"), of("before"), of("after")];
  if (during !== undefined) return { after: midnight(during), before: midnight(during, 1) };
  return { ...(before !== undefined && { before: midnight(before) }), ...(after !== undefined && { after: midnight(after) }) };
}

/** What a saved search keeps: neither where nor when. */
export function keptOf({ text, filters }: Pick<Wanted, "text" | "filters">): FiltersInput {
  const all = (kind: Kind) => filters.filter((one) => one.kind === kind).map(({ value }) => value);
  const list = (name: keyof FiltersInput, values: readonly string[]): FiltersInput => (values.length > 0 ? { [name]: values } : {});
  const pinned = all("pinned").at(-1);
  return {
    ...(text.trim() !== "" && { content: text.trim() }),
    ...list("author_id", all("from")),
    ...list("mentions", all("mentions")),
    ...list("has", all("has")),
    ...list("author_type", all("author_type")),
    ...(pinned !== undefined && { pinned: pinned === "true" }),
  };
}

export function queryOf(wanted: Wanted): Query {
  const channels: Snowflake[] = wanted.filters.filter(({ kind }) => kind === "in").map(({ value }) => value);
  return {
    ...keptOf(wanted),
    ...bounds(wanted.filters),
    ...(channels.length > 0 && { channel_id: channels }),
    ...SORTS[wanted.sort],
    limit: PAGE,
    offset: wanted.page * PAGE,
  };
}

export function isEmpty({ text, filters }: Pick<Wanted, "text" | "filters">): boolean {
  return text.trim() === "" && filters.length === 0;
}

/** Of some there can be only one. */
export function withFilter(filters: readonly Filter[], added: Filter): readonly Filter[] {
  const isOne = ["before", "after", "during", "pinned"].includes(added.kind);
  const rest = filters.filter(({ kind, value }) => kind !== added.kind || (!isOne && value !== added.value));
  return [...rest, added];
}
