/** The list of a channel's messages: what of it is loaded, where the reader is in it, and how to get elsewhere. */
import { createContext, untrack } from "svelte";
import type { Live } from "../../store/live.svelte";
import type { Sync } from "../../sync/sync";
import type { Message, Snowflake } from "../../wire/types";
import { isAfter, momentOf } from "../../world/ids";
import { isForMeAlone } from "../../world/messages";
import type { World } from "../../world/world";
import type { App } from "../app";
import { Clock } from "./clock";
import { isForward, isWritten } from "./kinds";
import type { Places } from "./places";
import type { Selection } from "./selecting/selection.svelte";
import { rowsOf, steady, type Hiding, type OnItsWay, type Reader, type Row } from "./rows";
import { messageOf } from "./posted";
import { Scroller, type Place } from "./scroller.svelte";
import { Unread } from "./unread.svelte";
import { Window } from "./window.svelte";

const FLASH_MS = 2000;
const CENTRE = 0.5;
/** Some of what was read stays in sight above the unread. */
const NEAR_TOP = 0.25;
/** This many heights of what is seen are loaded ahead. */
const AHEAD = 2;
const NOTHING: readonly Message[] = [];

export interface News {
  readonly count: number;
  /** There are more than are loaded. */
  readonly isMore: boolean;
  /** Since when. */
  readonly since: string;
}

/** Where to go once the rows are there. */
type Goal = { readonly key: string; readonly share: number } | Place | "end";

export class List {
  readonly scroller = new Scroller();
  readonly window: Window;
  readonly unread: Unread;
  /** The message under the pointer or with the focus: it shows its tools. */
  active = $state<Snowflake | null>(null);
  /** Where the arrows last went. */
  roving = $state<Snowflake | null>(null);
  /** The message whose menu or picker is open. */
  menuOf = $state<Snowflake | null>(null);
  /** The message that was just jumped to. */
  flashed = $state<Snowflake | null>(null);
  /** There while messages are picked. */
  selection = $state.raw<Selection | null>(null);
  /** Hidden messages that were asked for. */
  shown = $state.raw<ReadonlySet<Snowflake>>(new Set());
  /** The newest message the reader has had in sight. */
  newestSeen = $state<Snowflake | null>(null);
  /** More than what is seen lies below. */
  isFar = $state(false);
  readonly clock = $derived.by(() => new Clock(this.app.speech.language));
  readonly messages: readonly Message[] = $derived.by(() => this.window.stretch?.messages ?? NOTHING);
  readonly fromStart: boolean = $derived.by(() => this.window.stretch?.fromStart ?? false);
  readonly toEnd: boolean = $derived.by(() => this.window.stretch?.toEnd ?? false);
  readonly firstUnread: Message | undefined = $derived.by(() => this.#firstUnread());
  /** The message that Tab leads to: where the arrows last went, or the newest. */
  readonly tabStop: Snowflake | null = $derived.by(() => this.#tabStop());
  /** How many messages came while one was farther up. */
  readonly missed: number = $derived.by(() => this.#missed());
  /** What is new since the reader was here; null where nothing is. */
  readonly news: News | null = $derived.by(() => this.#news());
  readonly rows: readonly Row[] = $derived.by(() => (this.#before = steady(this.#before, this.#rows())));

  #before: readonly Row[] = [];
  #goal: Goal | null = null;

  constructor(
    readonly app: App,
    readonly live: Live,
    readonly places: Places,
    readonly sync: Sync,
    readonly channelId: Snowflake,
  ) {
    const { world } = live;
    this.window = new Window(channelId, world.channels.byId.get(channelId)?.guild_id, live, app.api.client, () => this.scroller.note());
    this.unread = new Unread(app, world, channelId);
    this.scroller.onmoved = () => untrack(() => this.#moved());
  }

  get world(): World {
    return this.live.world;
  }

  get guildId(): Snowflake | undefined {
    return this.window.guildId;
  }

  /** Open where the reader was, where the unread begins, or at the end. */
  async start(): Promise<void> {
    const place = this.places.get(this.channelId);
    const { after } = this.unread;
    const isAway = place !== undefined && place.key !== null;
    const toUnread = !isAway && after !== null && this.app.preferences.all.openAt === "unread";
    this.#goal = toUnread ? { key: "unread", share: NEAR_TOP } : isAway ? place : "end";
    if (this.window.stretch !== undefined && !(toUnread && this.firstUnread === undefined)) this.settle();
    else await this.window.open(toUnread ? after : isAway ? place.key : null);
  }

  /** The gateway made us forget: fetch what is looked at again. */
  async refresh(): Promise<void> {
    const place = this.scroller.place();
    this.#goal = place;
    await this.window.open(place.key);
  }

  /** To a message, loading what is around it where it must be. */
  async jump(id: Snowflake): Promise<void> {
    if (!this.messages.some((message) => message.id === id)) {
      await this.window.open(id);
      if (this.window.is("all", "failed")) return;
    }
    const there = this.messages.some((message) => message.id === id);
    const nearest = there ? id : (this.messages.find((message) => isAfter(message.id, id)) ?? this.messages.at(-1))?.id;
    if (!there) this.app.layers.toast({ text: this.app.speech.say("messages.gone") });
    if (nearest === undefined) return;
    this.show([nearest]);
    this.#goal = { key: nearest, share: CENTRE };
    // Rows that were asked for now are there once the page has been drawn.
    requestAnimationFrame(() => this.settle());
    if (there) this.#flash(id);
  }

  async showEnd(): Promise<void> {
    this.#goal = "end";
    if (this.toEnd) this.settle();
    else await this.window.open(null);
  }

  /** To where the unread begins. */
  async showUnread(): Promise<void> {
    const { after } = this.unread;
    if (after === null) return;
    if (this.firstUnread === undefined) await this.window.open(after);
    this.#goal = { key: "unread", share: NEAR_TOP };
    requestAnimationFrame(() => this.settle());
  }

  /** All is read, and one is at the end. */
  async leaveNothingUnread(): Promise<void> {
    await this.unread.settle();
    await this.showEnd();
  }

  /** What was said last, by oneself or by anybody. */
  latest(mine: boolean): Message | undefined {
    if (!this.toEnd) return undefined;
    return this.messages.findLast((message) => isWritten(message) && (!mine || (this.isMine(message) && !isForward(message))));
  }

  isMine({ author, webhook_id }: Message): boolean {
    return webhook_id === undefined && this.world.selves.isMe(author.id);
  }

  /** After other rows were drawn. */
  drawn(rows: readonly Row[]): void {
    if (rows.length > 0) this.settle();
  }

  /** Go where one wants to be, or stay where one is. */
  settle(): void {
    const goal = this.#goal;
    if (goal === null || this.window.stretch === undefined) {
      this.scroller.settle();
      return;
    }
    this.#goal = null;
    if (!this.#reach(goal)) this.#goal = goal;
  }

  /** Its tools stay while something that belongs to it is open. */
  async whileOpen(id: Snowflake, open: () => Promise<void>): Promise<void> {
    this.menuOf = id;
    await open();
    this.menuOf = null;
  }

  show(ids: readonly Snowflake[]): void {
    this.shown = new Set([...this.shown, ...ids]);
  }

  hide(ids: readonly Snowflake[]): void {
    this.shown = new Set([...this.shown].filter((id) => !ids.includes(id)));
  }

  /** The message before or after one, as they are shown. */
  beside(id: Snowflake, step: 1 | -1): Snowflake | undefined {
    const keys = this.rows.filter(({ kind }) => kind === "message" || kind === "note").map(({ key }) => key);
    return keys[keys.indexOf(id) + step];
  }

  stop(): void {
    this.window.stop();
    this.unread.stop();
    this.places.leave(this.channelId, this.scroller.place());
  }

  /** Nothing is set apart as long as it is not known where the unread begins. */
  #firstUnread(): Message | undefined {
    const { after } = this.unread;
    const [oldest] = this.messages;
    if (after === null || oldest === undefined) return undefined;
    return this.fromStart || !isAfter(oldest.id, after) ? this.unread.first(this.messages) : undefined;
  }

  #tabStop(): Snowflake | null {
    const { roving, messages } = this;
    const isThere = roving !== null && messages.some(({ id }) => id === roving);
    return isThere ? roving : (messages.at(-1)?.id ?? null);
  }

  #missed(): number {
    const seen = this.newestSeen;
    if (seen === null) return 0;
    return this.messages.filter((message) => isAfter(message.id, seen) && !this.isMine(message)).length;
  }

  #news(): News | null {
    const { after } = this.unread;
    const { messages } = this;
    if (after === null || messages.length === 0) return null;
    const first = this.firstUnread;
    const from = first === undefined ? 0 : messages.indexOf(first);
    const count = messages.slice(from).filter((message) => isAfter(message.id, after) && !this.isMine(message) && !isForMeAlone(message)).length;
    if (count === 0) return null;
    const since = first?.timestamp ?? new Date(momentOf(after)).toISOString();
    return { count, isMore: first === undefined || !this.toEnd, since };
  }

  #rows(): readonly Row[] {
    const reader: Reader = {
      groupMinutes: this.app.preferences.all.groupMinutes,
      firstUnread: this.firstUnread?.id ?? null,
      shown: this.shown,
      hides: ({ author }) => this.#hides(author.id),
    };
    // What one has just written is seen even before what was said earlier is here.
    const isAtEnd = this.toEnd || this.window.stretch === undefined;
    return rowsOf(this.messages, reader, isAtEnd ? this.#onItsWay() : []);
  }

  /** What one has written and is not there yet; what has come may be told of twice for a moment. */
  #onItsWay(): readonly OnItsWay[] {
    const me = this.world.selves.account;
    if (me === undefined) return [];
    return this.sync.outbox.pendingIn(this.channelId).map((letter) => ({ message: messageOf(this.world, letter, me), letter }));
  }

  #hides(authorId: Snowflake): Hiding | null {
    const { relationships } = this.world;
    if (relationships.isBlocked(authorId)) return "blocked";
    return relationships.isUnheard(authorId) ? "ignored" : null;
  }

  #reach(goal: Goal): boolean {
    if (goal === "end") this.scroller.toEnd();
    else if ("top" in goal) this.scroller.goBack(goal);
    else if (!this.scroller.show(goal.key, goal.share)) {
      if (goal.key === "unread") this.scroller.toEnd();
      else return false;
    }
    return true;
  }

  #moved(): void {
    if (this.window.stretch === undefined || this.#goal !== null) return;
    const { above, below } = this.scroller.rest;
    if (above < AHEAD && !this.window.is("older", "failed")) void this.window.more("older");
    if (below < AHEAD && !this.window.is("newer", "failed")) void this.window.more("newer");
    this.isFar = below > 1;
    if (this.scroller.whereIs("unread") === "here") this.unread.isSettled = true;
    this.look();
  }

  /** What is seen is read, if somebody is there to see it. */
  look(): void {
    if (!this.scroller.stuck || !this.toEnd) return;
    if (document.hasFocus()) {
      this.newestSeen = this.messages.at(-1)?.id ?? null;
      this.unread.see();
    } else this.unread.begin();
  }

  #flash(id: Snowflake): void {
    this.flashed = id;
    setTimeout(() => {
      if (this.flashed === id) this.flashed = null;
    }, FLASH_MS);
  }
}

export const [useList, provideList] = createContext<List>();
