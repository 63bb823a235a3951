/** Colours for blocks of code; the highlighter and each language are fetched when they are first needed. */
import { GRAMMARS } from "./grammars";
import { coloured, type Html } from "./html";
import { ALIASES } from "./languages";
import { fill } from "./policy";

/** Longer code than this stays as it is, so that no page waits for it. */
const LONGEST = 100_000;

/** HTML of the code with the same text in it; undefined if the language is unknown. */
export async function colours(code: string, tag: string): Promise<Html | undefined> {
  const language = ALIASES[tag] ?? tag;
  const grammar = Object.hasOwn(GRAMMARS, language) ? GRAMMARS[language] : undefined;
  if (!grammar || code.length > LONGEST) return undefined;
  const [{ default: core }, { default: definition }] = await Promise.all([import("highlight.js/lib/core"), grammar()]);
  if (!core.getLanguage(language)) core.registerLanguage(language, definition);
  return coloured(core.highlight(code, { language, ignoreIllegals: true }).value);
}

/** Colours one `<code data-language>`. Its text and so its size stay as they are; it rejects if a chunk cannot be had. */
export async function highlight(place: HTMLElement): Promise<void> {
  const code = place.textContent;
  const html = await colours(code, place.dataset["language"] ?? "");
  if (html !== undefined && place.textContent === code) fill(place, html);
}
