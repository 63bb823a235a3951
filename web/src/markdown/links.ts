/** Web addresses: written out, between `<` and `>`, and behind other words. */
import { match } from "./sticky";

export interface Address {
  readonly url: string;
  readonly preview: boolean;
  readonly title: string;
  readonly end: number;
}

const WRITTEN = /https?:\/\/[^\s<>/?#.,:;"'()\]][^\s<]*/iy;
const ENCLOSED = /<(https?:\/\/[^\s<>/?#.][^\s<>]{0,2047})>/iy;
const TARGET = /https?:\/\/[^\s<>/?#.()][^\s<>]{0,2047}/iy;
const TITLE = / {1,8}(?:"([^"\n]{1,512})"|'([^'\n]{1,512})')/y;
const BLANK = / {0,8}/y;
const HANGING = `.,:;"']`;

/** An address without the sentence around it: no closing punctuation, no bracket that it did not open. */
function trimmed(url: string): string {
  let open = 0;
  for (const letter of url) open += letter === "(" ? 1 : letter === ")" ? -1 : 0;
  let end = url.length;
  for (; end > 0; end--) {
    const last = url.charAt(end - 1);
    if (last === ")" && open < 0) open++;
    else if (!HANGING.includes(last)) break;
  }
  return url.slice(0, end);
}

export function written(text: string, at: number): string | undefined {
  const found = match(WRITTEN, text, at)?.[0];
  return found === undefined ? undefined : trimmed(found);
}

/** `<https://…>`, which asks for no preview. */
export function enclosed(text: string, at: number): Address | undefined {
  const found = match(ENCLOSED, text, at);
  return found?.[1] ? { url: found[1], preview: false, title: "", end: at + found[0].length } : undefined;
}

/** Up to the bracket that the address did not open itself. */
function balanced(url: string): string {
  let open = 0;
  for (let at = 0; at < url.length; at++) {
    if (url[at] === "(") open++;
    else if (url[at] === ")" && --open < 0) return url.slice(0, at);
  }
  return url;
}

function target(text: string, at: number): Address | undefined {
  const found = match(TARGET, text, at)?.[0];
  if (!found) return enclosed(text, at);
  const url = balanced(found);
  return { url, preview: true, title: "", end: at + url.length };
}

/** What stands in the round brackets of a masked link, `at` being behind the opening one. */
export function destination(text: string, at: number): Address | undefined {
  const found = target(text, at + (match(BLANK, text, at)?.[0].length ?? 0));
  if (!found) return undefined;
  const title = match(TITLE, text, found.end);
  const end = found.end + (title?.[0].length ?? 0);
  const closing = end + (match(BLANK, text, end)?.[0].length ?? 0);
  if (text[closing] !== ")") return undefined;
  return { ...found, title: title?.[1] ?? title?.[2] ?? "", end: closing + 1 };
}
