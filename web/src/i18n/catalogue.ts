/** Fill a message of a catalogue: {name} is replaced, plurals pick key.one, key.other and so on. */
import type en from "./en";

export type Catalogue = Readonly<Record<keyof typeof en, string>>;
type Suffix = "one" | "other";
type Plural<Key> = Key extends `${infer Stem}.${Suffix}` ? Stem : never;

/** A message's name; a plural goes by its stem. */
export type Key = keyof typeof en;
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
    readonly messages: Catalogue,
  ) {
    this.#rules = new Intl.PluralRules(language);
    this.#numbers = new Intl.NumberFormat(language);
  }

  say(key: Key, values: Values = {}): string {
    return fill(this.messages[key], values);
  }

  count(stem: PluralKey, n: number): string {
    const rule = this.#rules.select(n) === "one" ? "one" : "other";
    return fill(this.messages[`${stem}.${rule}`], { n: this.#numbers.format(n) });
  }

  number(n: number): string {
    return this.#numbers.format(n);
  }

  /** The text before and after one hole, for a word that is set apart in the page. */
  around(key: Key, hole: string, values: Values = {}): readonly [string, string] {
    const [before = "", after = ""] = this.messages[key].split(`{${hole}}`);
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
}
