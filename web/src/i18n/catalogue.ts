/** Fill a message of a catalogue: {name} is replaced, plurals pick key.one, key.other and so on. */
import type deep from "./en/deep";
import type near from "./en/near";

type English = typeof near & typeof deep;

export type Catalogue = Readonly<Record<keyof English, string>>;
type Suffix = "one" | "other";
type Plural<Key> = Key extends `${infer Stem}.${Suffix}` ? Stem : never;

/** A message's name; a plural goes by its stem. */
export type Key = keyof English;
export type PluralKey = Plural<Key>;
export type Values = Readonly<Record<string, string | number>>;

function fill(message: string, values: Values): string {
  return message.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}

export class Translator {
  readonly #rules: Intl.PluralRules;
  readonly #numbers: Intl.NumberFormat;

  constructor(
    readonly language: string,
    /** Those of rooms that were not opened yet may be missing. */
    readonly messages: Partial<Catalogue>,
  ) {
    this.#rules = new Intl.PluralRules(language);
    this.#numbers = new Intl.NumberFormat(language);
  }

  say(key: Key, values: Values = {}): string {
    return fill(this.#message(key), values);
  }

  count(stem: PluralKey, n: number): string {
    const rule = this.#rules.select(n) === "one" ? "one" : "other";
    return fill(this.#message(`${stem}.${rule}`), { n: this.#numbers.format(n) });
  }

  number(n: number): string {
    return this.#numbers.format(n);
  }

  /** The text before and after one hole, for a word that is set apart in the page. */
  around(key: Key, hole: string, values: Values = {}): readonly [string, string] {
    const [before = "", after = ""] = this.#message(key).split(`{${hole}}`);
    return [fill(before, values), fill(after, values)];
  }

  has(key: string): key is Key {
    return key in this.messages;
  }

  date(iso: string): string {
    return new Intl.DateTimeFormat(this.language, { dateStyle: "medium", timeStyle: "short" }).format(
      new Date(iso),
    );
  }

  day(iso: string): string {
    return new Intl.DateTimeFormat(this.language, { dateStyle: "long" }).format(new Date(iso));
  }

  #message(key: Key): string {
    return this.messages[key] ?? key;
  }
}
