/** The language spoken now, and the change to another one. */
import type { Key, PluralKey, Translator, Values } from "../i18n/catalogue";
import { choose, load } from "../i18n/languages";
import type { Keep } from "../store/session.svelte";

const KEY = "rift.language";
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(["ar", "fa", "he", "ur"]);

/** The kept choice first, then what the browser asks for. */
export function wanted(keep: Keep, browser: readonly string[]): string {
  const kept = keep.getItem(KEY);
  return choose(kept === null ? browser : [kept, ...browser]);
}

export class Speech {
  #translator = $state.raw<Translator>() as Translator;
  readonly #keep: Keep;
  #isWhole = false;

  constructor(translator: Translator, keep: Keep) {
    this.#translator = translator;
    this.#keep = keep;
  }

  get language(): string {
    return this.#translator.language;
  }

  /** Which way the language is written. */
  get direction(): "ltr" | "rtl" {
    return RIGHT_TO_LEFT.has(this.#translator.language) ? "rtl" : "ltr";
  }

  say = (key: Key, values?: Values): string => this.#translator.say(key, values);
  count = (stem: PluralKey, n: number): string => this.#translator.count(stem, n);
  around = (key: Key, hole: string, values?: Values) => this.#translator.around(key, hole, values);
  number = (n: number): string => this.#translator.number(n);
  date = (iso: string): string => this.#translator.date(iso);
  day = (iso: string): string => this.#translator.day(iso);

  /** The server speaks English; a problem we know by its code is said in the person's language. */
  problem(code: string, message: string): string {
    const key = `error.${code}`;
    if (this.#translator.has(key)) return this.say(key);
    return message || this.say("error.unknown");
  }

  /** Learn the words of the rooms that are opened seldom. */
  async deepen(): Promise<void> {
    if (this.#isWhole) return;
    this.#translator = await load(this.language, true);
    this.#isWhole = true;
  }

  async change(language: string): Promise<void> {
    this.#translator = await load(language, this.#isWhole);
    this.#keep.setItem(KEY, language);
  }
}
