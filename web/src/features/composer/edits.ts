/** What keys do to text: marks around a selection, lists that go on, links. */

export interface Field {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Replace what is between two places, and select what is between two others. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly start: number;
  readonly end: number;
}

export const MARKS = { bold: "**", italic: "*", underline: "__", strike: "~~", code: "`", spoiler: "||" } as const;
export type MarkName = keyof typeof MARKS;

/** Put a mark around the selection, or take it away where it is. */
export function toggled({ text, start, end }: Field, name: MarkName): Edit {
  const mark = MARKS[name];
  const chosen = text.slice(start, end);
  const size = mark.length;
  const isAround = isMark(text, start - size, mark) && isMark(text, end, mark);
  if (isAround) return { from: start - size, to: end + size, insert: chosen, start: start - size, end: end - size };
  const isInside = chosen.length >= 2 * size && isMark(chosen, 0, mark) && isMark(chosen, chosen.length - size, mark);
  if (isInside) return { from: start, to: end, insert: chosen.slice(size, -size), start, end: end - 2 * size };
  return { from: start, to: end, insert: mark + chosen + mark, start: start + size, end: end + size };
}

/** Whether just this mark stands there: two stars are not one star twice. */
function isMark(text: string, at: number, mark: string): boolean {
  if (at < 0 || text.slice(at, at + mark.length) !== mark) return false;
  const sign = mark.charAt(0);
  const run = countBack(text, at, sign) + countOn(text, at, sign);
  return mark.length > 1 || run !== 2;
}

function countBack(text: string, at: number, sign: string): number {
  let count = 0;
  while (text[at - 1 - count] === sign) count += 1;
  return count;
}

function countOn(text: string, at: number, sign: string): number {
  let count = 0;
  while (text[at + count] === sign) count += 1;
  return count;
}

const ITEM = /^(?<indent> *)(?:(?<bullet>[-*])|(?<number>\d{1,9})\.) (?<rest>.*)$/;

/** A new line; within a list the next item, and after an empty item the end of the list. */
export function broken({ text, start, end }: Field): Edit {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const { indent = "", bullet, number, rest } = ITEM.exec(text.slice(lineStart, start))?.groups ?? {};
  if (rest === undefined) return inserted({ text, start, end }, "\n");
  if (rest.trim() === "") return { from: lineStart, to: end, insert: "", start: lineStart, end: lineStart };
  const next = bullet ?? `${Number(number) + 1}.`;
  return inserted({ text, start, end }, `\n${indent}${next} `);
}

export function inserted({ start, end }: Field, insert: string): Edit {
  const at = start + insert.length;
  return { from: start, to: end, insert, start: at, end: at };
}

/** A word of its own: apart from what stands before it, and followed by a blank. */
export function insertedWord({ text, start, end }: Field, word: string): Edit {
  const isApart = start === 0 || /\s/.test(text.charAt(start - 1));
  const after = /^\s/.test(text.slice(end)) ? "" : " ";
  return inserted({ text, start, end }, `${isApart ? "" : " "}${word}${after}`);
}

const ADDRESS = /^https?:\/\/\S+$/;

/** A link put on selected words makes them lead there. */
export function linked(field: Field, pasted: string): Edit | undefined {
  const { text, start, end } = field;
  const chosen = text.slice(start, end);
  const address = pasted.trim();
  if (chosen === "" || chosen.includes("\n") || ADDRESS.test(chosen) || !ADDRESS.test(address)) return undefined;
  return inserted(field, `[${chosen}](${address})`);
}
