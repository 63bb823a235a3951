/** What begins at the start of a line: headings, subtext, quotes and lists, cut out of the text but not yet read. */
import { match } from "./sticky";

export type Block = { readonly end: number } & (
  | { readonly type: "heading"; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly type: "subtext" | "quote"; readonly text: string }
  | { readonly type: "list"; readonly start: number | null; readonly items: readonly string[] }
);

const HEADING = / *(#{1,3}) +(?=\S)/y;
const SUBTEXT = / *-# +(?=\S)/y;
const REST_QUOTE = / *>>> /y;
const LINE_QUOTE = / *> /y;
const FIRST_ITEM = /( *)(?:[-*]|(\d{1,9})\.) +(?=\S)/y;
const ITEM = /( *)(?:[-*]|\d{1,9}\.) +/y;

/** Where the line's text ends; the line break stands there, if there is one. */
function lineEnd(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  return found === -1 ? text.length : found;
}

/** The line breaks that end a block belong to it. */
function after(text: string, end: number): number {
  return end < text.length ? end + 1 : end;
}

/** A heading may be closed with hashes, as long as they stand apart. */
function withoutHashes(line: string): string {
  const bare = line.trimEnd();
  let end = bare.length;
  while (bare[end - 1] === "#") end--;
  return end < bare.length && bare[end - 1] === " " ? bare.slice(0, end).trimEnd() || bare : bare;
}

function heading(text: string, at: number): Block | undefined {
  const found = match(HEADING, text, at);
  if (!found) return undefined;
  const end = lineEnd(text, at);
  const level = (found[1] ?? "").length as 1 | 2 | 3;
  return { type: "heading", level, text: withoutHashes(text.slice(at + found[0].length, end)), end: after(text, end) };
}

function subtext(text: string, at: number): Block | undefined {
  const found = match(SUBTEXT, text, at);
  if (!found) return undefined;
  const end = lineEnd(text, at);
  return { type: "subtext", text: text.slice(at + found[0].length, end), end: after(text, end) };
}

function quote(text: string, at: number): Block | undefined {
  const rest = match(REST_QUOTE, text, at);
  if (rest) return { type: "quote", text: text.slice(at + rest[0].length), end: text.length };
  const lines: string[] = [];
  let next = at;
  for (let found = match(LINE_QUOTE, text, next); found; found = match(LINE_QUOTE, text, next)) {
    const end = lineEnd(text, next);
    lines.push(text.slice(next + found[0].length, end));
    next = after(text, end);
    if (next === end) break;
  }
  return lines.length > 0 ? { type: "quote", text: lines.join("\n"), end: next } : undefined;
}

/** Takes as much of the blank away as the item's own marker is wide, so that less is enough to stand under it. */
function outdented(line: string, width: number): string {
  let blank = 0;
  while (blank < width && line[blank] === " ") blank++;
  return line.slice(blank);
}

/** An item is a line with a marker as far in as the first one, and the lines after it that begin with a blank. */
function list(text: string, at: number): Block | undefined {
  const first = match(FIRST_ITEM, text, at);
  if (!first) return undefined;
  const items: string[][] = [];
  let width = 0;
  let next = at;
  while (next < text.length) {
    const marker = match(ITEM, text, next);
    const isItem = marker !== null && marker[1] === first[1];
    if (!isItem && text[next] !== " ") break;
    const end = lineEnd(text, next);
    if (isItem) {
      width = marker[0].length;
      items.push([text.slice(next + width, end)]);
    } else {
      items.at(-1)?.push(outdented(text.slice(next, end), width));
    }
    next = after(text, end);
  }
  const start = first[2] === undefined ? null : Number(first[2]);
  return { type: "list", start, items: items.map((lines) => lines.join("\n")), end: next };
}

/** The block whose first line starts at `at`; a quote holds no other quote. */
export function block(text: string, at: number, isInQuote: boolean): Block | undefined {
  return heading(text, at) ?? subtext(text, at) ?? (isInQuote ? undefined : quote(text, at)) ?? list(text, at);
}
