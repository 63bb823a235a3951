/** The commands that what is written may become: which, which one of them is chosen, and what follows. */
import type { Component } from "svelte";
import type { Live } from "../../store/live.svelte";
import type { Writing } from "../composer/writing.svelte";
import { Calling } from "./calling.svelte";
import { indexesOf } from "./indexes";
import Picker from "./Picker.svelte";
import { matching, WORDS, type Usable } from "./usable";
import { NOTHING, STRING } from "./values";

const NONE: readonly Usable[] = [];

export class Choosing {
  /** Drawn by the composer, which need not know of it before. */
  readonly Picker: Component<{ choosing: Choosing; id: string }> = Picker;
  #known = $state.raw(NONE);
  #closedFor = $state("");
  #chosen = $state.raw({ text: "", place: 0 });
  readonly all = $derived.by(() => this.#find());
  /** The place of the one that Enter takes. */
  readonly at = $derived.by(() => Math.min(this.#chosen.text === this.writing.text ? this.#chosen.place : 0, this.all.length - 1));

  constructor(
    readonly writing: Writing,
    readonly live: Live,
    /** Told of the one that was taken. */
    readonly taken: (calling: Calling) => void,
  ) {}

  get isOpen(): boolean {
    return this.all.length > 0;
  }

  /** What may be used here now; where that cannot be learned, what is written is just words. */
  async load(): Promise<void> {
    const { app, channelId } = this.writing;
    this.#known = await indexesOf(this.live, app.api.client).of(channelId, WORDS);
  }

  move(step: 1 | -1): void {
    this.point((this.at + step + this.all.length) % this.all.length);
  }

  point(place: number): void {
    this.#chosen = { text: this.writing.text, place };
  }

  close(): void {
    this.#closedFor = this.writing.text;
  }

  take(place = this.at): void {
    const usable = this.all[place];
    if (usable === undefined) return;
    const calling = new Calling(this.writing, this.live, usable);
    const rest = this.writing.text.slice(usable.name.length + 1).trim();
    const [first] = usable.options;
    if (first?.type === STRING && this.writing.text.toLowerCase().startsWith(`/${usable.name.toLowerCase()} `)) calling.give(first, { ...NOTHING, text: rest });
    this.taken(calling);
  }

  #find(): readonly Usable[] {
    const { text } = this.writing;
    if (!text.startsWith("/") || text === this.#closedFor || text.includes("\n")) return NONE;
    return matching(this.#known, text.slice(1));
  }
}
