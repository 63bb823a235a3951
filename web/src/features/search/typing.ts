/** What somebody is typing into the search: words, and at the end perhaps the beginning of a filter. */
import { KINDS, type Kind } from "./filters";

export interface Typed {
  /** What stands before the last word. */
  readonly before: string;
  /** The filter that was begun, and how its value begins. */
  readonly kind: Kind | undefined;
  readonly begun: string;
}

const FILTER = new RegExp(String.raw`(?:^|\s)(${KINDS.join("|")}):\s?("[^"]*"?|\S*)$`, "i");
const LAST = /(?:^|\s)(\S+)$/;

export function typedIn(text: string): Typed {
  const found = FILTER.exec(text);
  if (found) {
    const before = text.slice(0, found.index).trimEnd();
    return { before, kind: (found[1] ?? "").toLowerCase() as Kind, begun: (found[2] ?? "").replaceAll('"', "") };
  }
  const last = LAST.exec(text)?.[1] ?? "";
  return { before: text.slice(0, text.length - last.length).trimEnd(), kind: undefined, begun: last };
}
