/** The languages there are, and which of them to speak. A language is one folder beside this file. */
import { Translator, type Catalogue } from "./catalogue";

const NEAR = import.meta.glob<Partial<Catalogue>>("./*/near.ts", { import: "default" });
const DEEP = import.meta.glob<Partial<Catalogue>>("./*/deep.ts", { import: "default" });
const FALLBACK = "en";

export const LANGUAGES: readonly string[] = Object.keys(NEAR)
  .map((file) => file.slice("./".length, -"/near.ts".length))
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

/** The words of a language: those that are always needed, and of all rooms when it is asked for. */
export async function load(language: string, whole = false): Promise<Translator> {
  const [near, deep] = [NEAR[`./${language}/near.ts`], DEEP[`./${language}/deep.ts`]];
  if (near === undefined || deep === undefined) return load(FALLBACK, whole);
  const [words, more] = await Promise.all([near(), whole ? deep() : {}]);
  return new Translator(language, { ...words, ...more });
}
