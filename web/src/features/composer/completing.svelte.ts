/** The suggestions for the word that is being written: which, which one of them is chosen, and what it becomes. */
import type { UnicodeEmojis } from "../pickers/unicode";
import type { Live } from "../../store/live.svelte";
import type { MembersChunk } from "../../wire/types";
import { inserted } from "./edits";
import { suggestions, type Suggestion } from "./suggest";
import { tokenAt } from "./tokens";
import type { Writing } from "./writing.svelte";

const REQUEST_MEMBERS = 8;
/** So long nobody types before the server is asked. */
const PAUSE_MS = 120;
/** So long its answer is waited for. */
const PATIENCE_MS = 2000;
const ASKED = 20;

const EMOJI = /:[\w+-]{2,32}:/;
const NONE: readonly Suggestion[] = [];

export class Completing {
  /** The word whose suggestions were put away. */
  #closedAt = $state(-1);
  /** Of that word; another word begins with the first. */
  #chosen = $state.raw({ from: -1, place: 0 });
  /** None where they could not be fetched. */
  #unicode = $state.raw<UnicodeEmojis | null>();
  /** What the server was asked for already. */
  #asked: readonly string[] = [];
  /** What it has not answered yet. */
  #sought = $state<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly token = $derived.by(() => {
    const { text, start, end } = this.writing;
    return start === end ? tokenAt(text, start) : undefined;
  });
  readonly all = $derived.by(() => this.#find());
  /** The place of the one that Enter takes. */
  readonly at = $derived.by(() => Math.min(this.#chosen.from === this.token?.from ? this.#chosen.place : 0, this.all.length - 1));
  readonly #needsEmojis = $derived.by(() => this.token?.trigger === "emoji" || EMOJI.test(this.writing.text));
  readonly #isAsking = $derived.by(() => this.live.line === "open" && this.#sought !== undefined && this.writing.text.toLowerCase().includes(`@${this.#sought}`));
  /** Whether what is written may mean more once what was asked for is there. */
  readonly isComing = $derived.by(() => {
    if (this.isOpen) return false;
    return (this.#needsEmojis && this.#unicode === undefined) || this.#isAsking;
  });

  constructor(
    readonly writing: Writing,
    readonly live: Live,
  ) {
    $effect(() => {
      if (this.token === undefined) this.#closedAt = -1;
    });
    $effect(() => {
      if (this.#needsEmojis) void this.#loadUnicode();
    });
    $effect(() => this.#askServer());
    $effect(() => {
      const stop = live.listen((name, data) => {
        if (name === "GUILD_MEMBERS_CHUNK" && (data as MembersChunk).nonce === String(this.#asked.length)) this.#sought = undefined;
      });
      return () => {
        stop();
        clearTimeout(this.#timer);
      };
    });
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

  async #loadUnicode(): Promise<void> {
    try {
      const { loadEmojis } = await import("../pickers/unicode");
      this.writing.names.unicode = this.#unicode = await loadEmojis(this.writing.app.speech.language);
    } catch {
      // The names are sent as they are; the next one tries again.
      this.#unicode = null;
    }
  }

  #find(): readonly Suggestion[] {
    const { token, writing } = this;
    if (token === undefined || token.from === this.#closedAt) return NONE;
    const { world, channelId, app } = writing;
    return suggestions({ world, channelId, unicode: this.#unicode ?? null, tone: app.preferences.all.emojiTone }, token);
  }

  /** Of a large server one knows few members; the rest comes by the gateway, into the world. Who types on has asked all the same. */
  #askServer(): void {
    const { token, writing } = this;
    const guildId = writing.world.guildOf(writing.channelId);
    const query = token?.trigger === "person" ? token.query.toLowerCase() : "";
    if (query === "" || guildId === undefined || this.#asked.includes(query)) return;
    clearTimeout(this.#timer);
    this.#sought = query;
    this.#timer = setTimeout(() => {
      this.#asked = [...this.#asked, query];
      this.live.say(REQUEST_MEMBERS, { guild_id: guildId, query, limit: ASKED, nonce: String(this.#asked.length) });
      this.#timer = setTimeout(() => (this.#sought = undefined), PATIENCE_MS);
    }, PAUSE_MS);
  }
}
