/** A command that is about to be used: what is given to its options, what is offered for the one at hand, and how it goes. */
import type { Component } from "svelte";
import { isExpected } from "../../rest/errors";
import type { Live } from "../../store/live.svelte";
import { attachmentsOf, type Parcel } from "../../sync/letters";
import type { Choice, CommandOption } from "../../wire/types";
import { wordsFor } from "../attempt";
import type { Writing } from "../composer/writing.svelte";
import { deskOf } from "../interactions/desk";
import { entities, sought, type Entity, type Offer } from "../interactions/offers";
import Call from "./Call.svelte";
import { calledHere, type Usable } from "./usable";
import { use } from "./using";
import { ATTACHMENT, BOOLEAN, dataOf, flaws, NOTHING, type AllGiven, type Flaw, type Given, type Value } from "./values";

const ENTITIES: Readonly<Record<number, Entity>> = { 6: "user", 7: "channel", 8: "role", 9: "mentionable" };
/** So long nobody types before the application is asked. */
const PAUSE_MS = 300;
const NONE: readonly Offer[] = [];

export class Calling {
  /** Drawn by the composer, which need not know of it before. */
  readonly Call: Component<{ calling: Calling; onend: () => void }> = Call;
  given = $state.raw<AllGiven>({});
  /** The option that has the focus. */
  at = $state<string | null>(null);
  isBusy = $state(false);
  problem = $state("");
  flaws = $state.raw<Readonly<Record<string, Flaw>>>({});
  #wanted = $state.raw<readonly string[]>([]);
  #parcels = $state.raw<Readonly<Record<string, Parcel>>>({});
  /** What the application offered last, and for which words. */
  #told = $state.raw<{ readonly name: string; readonly words: string; readonly choices: readonly Choice[] } | null>(null);
  #closed = $state(false);
  #place = $state(0);

  readonly shown = $derived.by(() => this.usable.options.filter(({ name, required }) => required === true || this.#wanted.includes(name)));
  readonly rest = $derived.by(() => this.usable.options.filter((option) => !this.shown.includes(option)));
  readonly current = $derived.by(() => this.shown.find(({ name }) => name === this.at));
  /** Of the option at hand, as long as nothing was chosen by them. */
  readonly words = $derived.by(() => {
    const { text, chosen } = this.current ? this.of(this.current) : NOTHING;
    return chosen === undefined ? text : "";
  });
  readonly offers = $derived.by(() => (this.#closed ? NONE : this.#offered()));
  /** The place of the one that Enter takes. */
  readonly place = $derived.by(() => Math.min(this.#place, this.offers.length - 1));

  constructor(
    readonly writing: Writing,
    readonly live: Live,
    readonly usable: Usable,
  ) {}

  /** Whether the application has still to say what it offers for these words. */
  get isComing(): boolean {
    const { current, words } = this;
    if (current?.autocomplete !== true || this.#closed || this.of(current).chosen !== undefined) return false;
    return this.#told?.name !== current.name || this.#told.words !== words;
  }

  get seeksSomebody(): boolean {
    const entity = ENTITIES[this.current?.type ?? 0];
    return entity === "user" || entity === "mentionable";
  }

  of({ name }: CommandOption): Given {
    return this.given[name] ?? NOTHING;
  }

  give({ name }: CommandOption, given: Given): void {
    this.given = { ...this.given, [name]: given };
    this.flaws = Object.fromEntries(Object.entries(this.flaws).filter(([other]) => other !== name));
    this.#closed = false;
    this.#place = 0;
  }

  enter({ name }: CommandOption): void {
    this.at = name;
    this.#closed = false;
    this.#place = 0;
  }

  want({ name }: CommandOption): void {
    this.#wanted = [...this.#wanted, name];
  }

  drop(option: CommandOption): void {
    this.#wanted = this.#wanted.filter((name) => name !== option.name);
    this.give(option, NOTHING);
  }

  bring(option: CommandOption, file: File): void {
    this.#parcels = { ...this.#parcels, [option.name]: { id: crypto.randomUUID(), file, filename: file.name } };
    this.give(option, { text: file.name, chosen: option.name });
  }

  move(step: 1 | -1): void {
    this.#place = (this.place + step + this.offers.length) % this.offers.length;
  }

  point(place: number): void {
    this.#place = place;
  }

  close(): void {
    this.#closed = true;
  }

  /** The next option that nothing is given for. */
  take(place = this.place): CommandOption | undefined {
    const { current } = this;
    const offer = this.offers[place];
    if (current === undefined || offer === undefined) return undefined;
    this.give(current, { text: offer.label, chosen: this.#valueOf(current, offer) });
    this.#closed = true;
    const after = this.shown.slice(this.shown.indexOf(current) + 1);
    return after.find((option) => this.of(option).text === "");
  }

  /** For an effect: the application is asked what it offers, once nobody types; what it says too late is dropped. */
  complete(): (() => void) | undefined {
    const { current, words } = this;
    if (current?.autocomplete !== true || this.of(current).chosen !== undefined) return undefined;
    let isLate = false;
    const timer = setTimeout(() => void this.#ask(current).then((choices) => {
      if (!isLate) this.#told = { name: current.name, words, choices };
    }), PAUSE_MS);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }

  /** Whether it went. */
  async send(): Promise<boolean> {
    this.flaws = flaws(this.usable.options, this.given);
    if (this.isBusy || Object.keys(this.flaws).length > 0) return false;
    const { app, channelId } = this.writing;
    this.isBusy = true;
    this.problem = "";
    try {
      const files = await this.#brought();
      const data = dataOf(this.usable, { ...this.given, ...files.given });
      const attachments = files.attachments.length > 0 ? { attachments: files.attachments } : {};
      await use({ app, live: this.live }, this.usable, channelId, { ...data, ...attachments });
      for (const { id } of Object.values(this.#parcels)) this.writing.sync.uploads.forget(id);
      return true;
    } catch (problem) {
      this.problem = wordsFor(app, problem);
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  /** Files by the numbers that the options call them by. */
  async #brought() {
    const { channelId, sync } = this.writing;
    const named = this.usable.options.flatMap(({ name, type }) => {
      const parcel = this.#parcels[name];
      return type === ATTACHMENT && parcel !== undefined && this.given[name]?.chosen !== undefined ? [{ name, parcel }] : [];
    });
    const parcels = await Promise.all(named.map(async ({ parcel }) => ({ ...parcel, uploaded: await sync.uploads.bring(channelId, parcel) })));
    const given: AllGiven = Object.fromEntries(named.map(({ name, parcel }, at) => [name, { text: parcel.filename, chosen: String(at) }]));
    return { given, attachments: attachmentsOf(parcels) };
  }

  async #ask({ name }: CommandOption): Promise<readonly Choice[]> {
    const { app, channelId, world } = this.writing;
    const { application } = this.usable;
    const place = { application_id: application.id, channel_id: channelId, guild_id: world.guildOf(channelId) ?? null };
    try {
      const outcome = await deskOf(this.live, app.api.client).ask({ type: 4, ...place, data: dataOf(this.usable, this.given, name) });
      return outcome.kind === "choices" ? outcome.choices : [];
    } catch (problem) {
      // Nothing is offered then; what is typed can be sent all the same.
      if (isExpected(problem)) return [];
      throw problem;
    }
  }

  #offered(): readonly Offer[] {
    const { current, words } = this;
    if (current === undefined) return NONE;
    const entity = ENTITIES[current.type];
    if (entity !== undefined) return entities(this.writing.world, this.writing.channelId, entity, words, current.channel_types);
    const fixed = this.#fixed(current);
    // What the application says fits already.
    return current.autocomplete === true ? fixed : sought(fixed, words);
  }

  #fixed(option: CommandOption): readonly Offer[] {
    const { say } = this.writing.app.speech;
    if (option.type === BOOLEAN) return [true, false].map((is) => ({ value: String(is), label: say(is ? "interactions.yes" : "interactions.no") }));
    return this.#choices(option).map((choice) => ({ value: String(choice.value), label: calledHere(choice) }));
  }

  #choices(option: CommandOption): readonly Choice[] {
    return option.autocomplete === true ? (this.#told?.name === option.name ? this.#told.choices : []) : (option.choices ?? []);
  }

  #valueOf(option: CommandOption, { value }: Offer): Value {
    if (option.type === BOOLEAN) return value === "true";
    return this.#choices(option).find((choice) => String(choice.value) === value)?.value ?? value;
  }
}
