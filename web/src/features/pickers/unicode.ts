/** The emojis that every font has: their names, sections and tones of skin. Fetched when the first one is looked for. */
import englishUrl from "emojibase-data/en/compact.json?url";
import germanUrl from "emojibase-data/de/compact.json?url";
import namesUrl from "emojibase-data/en/shortcodes/joypixels.json?url";

/** Sections, as emojibase numbers them; its third one holds parts that are no emojis by themselves. */
export const GROUPS = ["smileys", "people", "", "nature", "food", "travel", "activities", "objects", "symbols", "flags"] as const;
export type GroupName = Exclude<(typeof GROUPS)[number], "">;

export interface UnicodeEmoji {
  readonly char: string;
  /** What it is called between colons; the first one is the usual one. */
  readonly names: readonly string[];
  /** In the reader's language. */
  readonly label: string;
  readonly group: GroupName;
  /** All that it is found by, in small letters. */
  readonly words: string;
  /** From light to dark; empty where skin plays no part. */
  readonly tones: readonly string[];
}

/** As emojibase writes it down. */
export interface Entry {
  readonly hexcode: string;
  readonly label: string;
  readonly unicode: string;
  readonly group?: number;
  readonly order?: number;
  readonly tags?: readonly string[];
  readonly skins?: readonly { readonly unicode: string; readonly hexcode: string }[];
}

export type NamesByCode = Readonly<Record<string, string | readonly string[]>>;

const TONES = 5;

export class UnicodeEmojis {
  readonly byGroup: ReadonlyMap<GroupName, readonly UnicodeEmoji[]>;
  readonly #byName: ReadonlyMap<string, UnicodeEmoji>;
  readonly #byChar: ReadonlyMap<string, UnicodeEmoji>;

  constructor(readonly all: readonly UnicodeEmoji[]) {
    const groups = GROUPS.filter((name) => name !== "");
    this.byGroup = new Map(groups.map((name) => [name, all.filter(({ group }) => group === name)]));
    this.#byName = new Map(all.flatMap((emoji) => emoji.names.map((name) => [name, emoji] as const)));
    this.#byChar = new Map(all.flatMap((emoji) => [emoji.char, ...emoji.tones].map((char) => [char, emoji] as const)));
  }

  named(name: string): UnicodeEmoji | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  of(char: string): UnicodeEmoji | undefined {
    return this.#byChar.get(char);
  }
}

export function emojisFrom(entries: readonly Entry[], names: NamesByCode): UnicodeEmojis {
  const shown = entries.filter(({ group }) => group !== undefined && GROUPS[group] !== "");
  const inOrder = shown.toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0));
  return new UnicodeEmojis(inOrder.map((entry) => emojiFrom(entry, names)));
}

function emojiFrom({ hexcode, label, unicode, group, tags = [], skins = [] }: Entry, byCode: NamesByCode): UnicodeEmoji {
  const names = [byCode[hexcode] ?? label.toLowerCase().replaceAll(/\W+/g, "_")].flat();
  const tones = skins.filter(({ hexcode: code }) => !/1F3F[B-F].*1F3F[B-F]/.test(code) || isEven(code));
  return {
    char: plain(unicode),
    names,
    label,
    group: GROUPS[group ?? 0] as GroupName,
    words: [...names, label, ...tags].join(" ").toLowerCase(),
    tones: tones.length === TONES ? tones.map((skin) => plain(skin.unicode)) : [],
  };
}

/** Of two people the same tone. */
function isEven(hexcode: string): boolean {
  return new Set(hexcode.match(/1F3F[B-F]/g)).size === 1;
}

/** Without the selector that a picture needs not: so it is what other clients send. */
export function plain(char: string): string {
  return char.replaceAll(/(\p{Emoji_Presentation})\uFE0F/gu, "$1");
}

async function read<Value>(url: string): Promise<Value> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the emojis could not be fetched: ${response.status}`);
  return (await response.json()) as Value;
}

const loading = new Map<string, Promise<UnicodeEmojis>>();

/** Fetched once for as long as the page stands; what failed is tried again. */
export function loadEmojis(language: string): Promise<UnicodeEmojis> {
  const url = language.startsWith("de") ? germanUrl : englishUrl;
  const known = loading.get(url);
  if (known !== undefined) return known;
  const loaded = Promise.all([read<Entry[]>(url), read<NamesByCode>(namesUrl)]).then(([entries, names]) => emojisFrom(entries, names));
  loading.set(url, loaded);
  loaded.catch(() => loading.delete(url));
  return loaded;
}
