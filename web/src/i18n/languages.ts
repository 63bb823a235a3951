/** The languages there are, and which of them to speak. A language is one folder beside this file. */
import { Translator, type Catalogue } from "./catalogue";

const FILES = import.meta.glob<Catalogue>("./*/index.ts", { import: "default" });
const FALLBACK = "en";

export const LANGUAGES: readonly string[] = Object.keys(FILES)
  .map((file) => file.slice("./".length, -"/index.ts".length))
  .sort();

/** The first wanted language that we have; regions fall back to their language. */
export function choose(wanted: readonly string[], have: readonly string[] = LANGUAGES): string {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split("-")[0] ?? "";
    if (have.includes(language)) return language;
  }
  return FALLBACK;
}

export function nameOf(language: string): string {
  return new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language;
}

export async function load(language: string): Promise<Translator> {
  const file = FILES[`./${language}/index.ts`];
  if (!file) return load(FALLBACK);
  return new Translator(language, await file());
}
