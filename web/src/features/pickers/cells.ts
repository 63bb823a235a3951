/** What an emoji picker shows: sections of cells, in rows that fit its width. */
import type { Chosen } from "../../store/preferences.svelte";
import type { Emoji, Snowflake } from "../../wire/types";
import { best, fit, fitAny } from "../composer/ranking";
import { emojiUrl } from "../pictures";
import { favourites, lately, often } from "./kept";
import type { Picked } from "./pickers";
import { toned } from "./tones";
import type { GroupName, UnicodeEmoji, UnicodeEmojis } from "./unicode";
import type { Offer } from "./usable";

export interface Cell {
  readonly picked: Picked;
  /** As it is written between colons. */
  readonly name: string;
  readonly label: string;
  /** Of a server's emoji; others are characters. */
  readonly src?: string;
}

export type SectionKey = "found" | "favourites" | "lately" | "often" | GroupName | `guild:${Snowflake}`;

export interface Section {
  readonly key: SectionKey;
  /** Of a server; the others are named by their key. */
  readonly title?: string;
  readonly cells: readonly Cell[];
}

export type Row =
  | { readonly kind: "title"; readonly section: Section }
  | { readonly kind: "cells"; readonly section: Section; readonly cells: readonly Cell[]; /** Of the first cell, among all. */ readonly from: number };

export interface Shown {
  readonly offers: readonly Offer<Emoji>[];
  readonly unicode: UnicodeEmojis | null;
  readonly chosen: Chosen;
}

const PIXELS = 32;
const MOST_FOUND = 100;
const ROWS_KEPT = 2;

function ofCustom({ id, name, animated }: Emoji): Cell {
  return { picked: { id, name, animated }, name, label: name, src: emojiUrl(id, animated, PIXELS) };
}

function ofUnicode(emoji: UnicodeEmoji, tone: number): Cell {
  const { names, label } = emoji;
  return { picked: { id: null, name: toned(emoji, tone), animated: false }, name: names[0] ?? label, label };
}

/** Without those that may not be used here. */
function ofKept(kept: readonly Picked[], { offers, unicode }: Shown): readonly Cell[] {
  const custom = new Map(offers.flatMap(({ all }) => all.map((emoji) => [emoji.id, emoji] as const)));
  return kept.flatMap((picked) => {
    if (picked.id !== null) return custom.has(picked.id) ? [ofCustom(custom.get(picked.id) as Emoji)] : [];
    const known = unicode?.of(picked.name);
    return known === undefined ? [] : [{ ...ofUnicode(known, 0), picked }];
  });
}

export function sections(shown: Shown, query: string, columns: number): readonly Section[] {
  const { offers, unicode, chosen } = shown;
  const tone = chosen.emojiTone;
  if (query !== "") return [{ key: "found", cells: found(shown, query) }];
  const all: Section[] = [
    { key: "favourites", cells: ofKept(favourites(chosen), shown) },
    { key: "lately", cells: ofKept(lately(chosen, columns), shown) },
    { key: "often", cells: ofKept(often(chosen, ROWS_KEPT * columns), shown) },
    ...offers.map(({ guildId, name, all: own }): Section => ({ key: `guild:${guildId}`, title: name, cells: own.map(ofCustom) })),
    ...[...(unicode?.byGroup ?? [])].map(([key, group]): Section => ({ key, cells: group.map((emoji) => ofUnicode(emoji, tone)) })),
  ];
  return all.filter(({ cells }) => cells.length > 0);
}

function found({ offers, unicode, chosen }: Shown, query: string): readonly Cell[] {
  const wanted = query.toLowerCase().replaceAll(/^:|:$/g, "");
  const custom = best(offers.flatMap(({ all }) => all), ({ name }) => fit(name.toLowerCase(), wanted), MOST_FOUND);
  const plain = best(unicode?.all ?? [], ({ names, words }) => fitAny([...names, words], wanted), MOST_FOUND);
  return [...custom.map(ofCustom), ...plain.map((emoji) => ofUnicode(emoji, chosen.emojiTone))];
}

export function rowsOf(all: readonly Section[], columns: number): readonly Row[] {
  let from = 0;
  return all.flatMap((section) => {
    const rows: Row[] = [{ kind: "title", section }];
    for (let at = 0; at < section.cells.length; at += columns) {
      const cells = section.cells.slice(at, at + columns);
      rows.push({ kind: "cells", section, cells, from });
      from += cells.length;
    }
    return rows;
  });
}

/** Where a key leads from a cell; up and down stay in the column as far as there is one. */
export function moved(rows: readonly Row[], at: number, key: string): number {
  const lines = rows.flatMap((row) => (row.kind === "cells" ? [row] : []));
  const total = lines.reduce((sum, { cells }) => sum + cells.length, 0);
  if (total === 0) return 0;
  if (key === "ArrowRight") return Math.min(total - 1, at + 1);
  if (key === "ArrowLeft") return Math.max(0, at - 1);
  if (key === "Home") return 0;
  if (key === "End") return total - 1;
  const line = lines.findIndex(({ from, cells }) => at >= from && at < from + cells.length);
  const next = lines[line + (key === "ArrowDown" ? 1 : -1)];
  const column = at - (lines[line]?.from ?? 0);
  return next === undefined ? at : next.from + Math.min(column, next.cells.length - 1);
}
