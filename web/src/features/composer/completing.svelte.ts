/** The suggestions for the word that is being written: which, which one of them is chosen, and what it becomes. */
import { loadEmojis, type UnicodeEmojis } from "../pickers/unicode";
import type { Live } from "../../store/live.svelte";
import { inserted } from "./edits";
import { suggestions, type Suggestion } from "./suggest";
import { tokenAt } from "./tokens";
import type { Writing } from "./writing.svelte";

const REQUEST_MEMBERS = 8;
/** So long nobody types before the server is asked. */
const PAUSE_MS = 120;
const ASKED = 20;

const NONE: readonly Suggestion[] = [];

export class Completing {
  /** The word whose suggestions were put away. */
  #closedAt = $state(-1);
  /** Of that word; another word begins with the first. */
  #chosen = $state.raw({ from: -1, place: 0 });
  #unicode = $state.raw<UnicodeEmojis | null>(null);
  /** What the server was asked for already. */
  #asked: readonly string[] = [];

  readonly token = $derived.by(() => {
    const { text, start, end } = this.writing;
    return start === end ? tokenAt(text, start) : undefined;
  });
  readonly all = $derived.by(() => this.#find());
  /** The place of the one that Enter takes. */
  readonly at = $derived.by(() => Math.min(this.#chosen.from === this.token?.from ? this.#chosen.place : 0, this.all.length - 1));

  constructor(
    readonly writing: Writing,
    readonly live: Live,
  ) {
    $effect(() => {
      if (this.token === undefined) this.#closedAt = -1;
    });
    $effect(() => {
      if (this.token?.trigger === "emoji") void this.loadUnicode();
    });
    $effect(() => this.#askServer());
  }

  get isOpen(): boolean {
    return this.all.length > 0;
  }

  move(step: 1 | -1): void {
    this.point((this.at + step + this.all.length) % this.all.length);
  }

  point(place: number): void {
    this.#chosen = { from: this.token?.from ?? -1, place };
  }

  close(): void {
    this.#closedAt = this.token?.from ?? -1;
  }

  take(place = this.at): void {
    const { token, writing } = this;
    const suggestion = this.all[place];
    if (token === undefined || suggestion === undefined) return;
    writing.names.choose(suggestion.word, suggestion.wire);
    const blank = writing.text.charAt(token.to) === " " ? "" : " ";
    writing.apply(inserted({ text: writing.text, start: token.from, end: token.to }, suggestion.word + blank));
  }

  async loadUnicode(): Promise<UnicodeEmojis> {
    this.#unicode ??= await loadEmojis(this.writing.app.speech.language);
    this.writing.names.unicode = this.#unicode;
    return this.#unicode;
  }

  #find(): readonly Suggestion[] {
    const { token, writing } = this;
    if (token === undefined || token.from === this.#closedAt) return NONE;
    const { world, channelId, app } = writing;
    return suggestions({ world, channelId, unicode: this.#unicode, tone: app.preferences.all.emojiTone }, token);
  }

  /** Of a large server one knows few members; the rest comes by the gateway, into the world. */
  #askServer(): (() => void) | undefined {
    const { token, writing } = this;
    const guildId = writing.world.guildOf(writing.channelId);
    if (token?.trigger !== "person" || token.query === "" || guildId === undefined) return undefined;
    const query = token.query.toLowerCase();
    if (this.#asked.includes(query)) return undefined;
    const timer = setTimeout(() => {
      this.#asked = [...this.#asked, query];
      this.live.say(REQUEST_MEMBERS, { guild_id: guildId, query, limit: ASKED });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }
}
