/** The line to the gateway that all tabs of one person share: one of them has the socket, the others hear by it. */
import { Connection, type Chance, type Dial, type Held, type Listener, type State } from "../gateway/connection";
import { without, type EventName } from "../world/parts";
import type { Snowflake } from "../wire/types";
import type { Dump } from "../world/world";
import { Thread } from "./thread";
import { NOTHING, Voice, type Looks, type Presence, type Wishes } from "./wishes";
import type { Browser, Heard, Mail, Release, Saying, Tab, Welcome, Word } from "./words";

/** Who hears the line, and knows what came of it. */
export interface Knowing extends Listener {
  /** All that is known at this moment; null before READY. */
  picture(): Dump | null;
  /** Go on from what another tab knows. */
  become(picture: Dump): void;
}

export interface Place {
  readonly url: string;
  readonly dial: Dial;
  readonly chance: Chance;
  readonly browser: Browser;
}

/** So often the tab that leads is asked whether it is awake, and so long it has to answer. */
const CALM_MS = 10_000;
const PATIENCE_MS = 4000;

const PROPERTIES = { os: "", browser: "Rift", device: "" };

export class SharedLine {
  token: string;

  readonly #place: Place;
  readonly #knowing: Knowing;
  readonly #thread = new Thread();
  readonly #voice = new Voice();
  /** All that are there, and what they want. */
  readonly #tabs = new Map<Tab, Wishes>();
  readonly #mourned = new Map<Tab, Release>();
  #mine = NOTHING;
  #mail: Mail | null = null;
  #connection: Connection | null = null;
  #front: Tab = "";
  #state: State = "idle";
  #leave: Release = () => undefined;
  #die: Release = () => undefined;
  #calm: Release = () => undefined;
  #heardAt = 0;

  constructor(place: Place, token: string, knowing: Knowing) {
    this.#place = place;
    this.#knowing = knowing;
    this.token = token;
  }

  /** Whether this is the tab to which the reader came last: it tells them what happens. */
  get isFront(): boolean {
    return this.#front === this.#tab || (this.#connection !== null && !this.#tabs.has(this.#front));
  }

  start(): void {
    if (this.#mail !== null) return;
    const { locks, mail } = this.#place.browser;
    this.#mail = mail();
    this.#mail.onWord((word) => this.#hear(word));
    this.#tabs.set(this.#tab, this.#mine);
    this.#die = locks.live(this.#tab, () => this.#follow());
  }

  /** The page is put away, or its reader has gone: another tab goes on, and where there is none the session ends. */
  stop(): void {
    if (this.#mail === null) return;
    this.#calm();
    this.#rest(this.#tabs.size > 1);
    this.#post({ kind: "bye" });
    this.#mail.close();
    this.#mail = null;
    this.#tabs.clear();
    this.#leave();
    this.#die();
  }

  retry(): void {
    if (this.#connection === null) this.#post({ kind: "retry" });
    else this.#connection.retry();
  }

  /** Go on with another token of the same person. */
  enter(token: string): void {
    this.token = token;
    if (this.#connection === null) return;
    this.#hangUp(false);
    this.#connect(null);
  }

  /** Ask something of the gateway; what is answered all tabs hear. */
  say(op: number, d: unknown): void {
    if (this.#connection === null) this.#post({ kind: "say", op, d });
    else this.#connection.say(op, d);
  }

  /** Look at rows of the member lists of a server, and at no others of it. */
  look(guildId: Snowflake, channels: Looks): void {
    const others = without(this.#mine.looks, [guildId]);
    const looks = Object.keys(channels).length === 0 ? others : { ...others, [guildId]: channels };
    this.#wish({ ...this.#mine, looks });
  }

  /** Say how the reader is in this tab. */
  appear(presence: Presence): void {
    this.#wish({ ...this.#mine, presence });
  }

  /** The reader comes to this tab. */
  come(): void {
    this.#front = this.#tab;
    this.#post({ kind: "front" });
  }

  get #tab(): Tab {
    return this.#place.browser.tab;
  }

  // With another tab's socket

  #follow(): void {
    if (this.#mail === null) return;
    this.#queue(false);
    this.#greet();
    this.#watch();
  }

  #queue(force: boolean): void {
    this.#leave();
    this.#leave = this.#place.browser.locks.lead(
      () => this.#lead(),
      () => this.#lose(),
      force,
    );
  }

  /** Say that one is there, and how much one knows. */
  #greet(): void {
    this.#thread.wait();
    this.#post({ kind: "hello", wishes: this.#mine, held: this.#thread.held });
    if (this.#front === this.#tab) this.come();
  }

  #welcomed({ state, held, picture, tabs, front }: Welcome): void {
    if (!this.#thread.isWaiting) return;
    for (const [tab, wishes] of tabs) if (tab !== this.#tab) this.#tabs.set(tab, wishes);
    if (this.#front !== this.#tab) this.#front = front;
    if (picture !== null) this.#knowing.become(picture);
    this.#become(state);
    for (const early of this.#thread.begin(picture === null ? this.#thread.held : held)) this.#hand(early);
  }

  #hand(heard: Heard): void {
    const isNext = this.#thread.takes(heard);
    if (isNext === true) this.#knowing.onEvent(heard.name, heard.data);
    else if (isNext === null) this.#greet();
  }

  /** A page that is frozen keeps its socket and hears nothing: then it is taken from it. */
  #watch(): void {
    this.#calm();
    this.#calm = this.#after(CALM_MS, () => this.#ask());
  }

  #ask(): void {
    const { chance } = this.#place;
    const asked = chance.now();
    const patience = PATIENCE_MS * (1 + chance.random());
    this.#post({ kind: "ping" });
    this.#calm = this.#after(patience, () => {
      if (this.#heardAt >= asked) this.#watch();
      // Who slept oneself has no reason to complain.
      else if (chance.now() - asked > 2 * PATIENCE_MS + patience) this.#ask();
      else this.#queue(true);
    });
  }

  // With the socket

  #lead(): void {
    this.#calm();
    this.#thread.go();
    this.#voice.doubt(this.#wishes);
    this.#connect(this.#thread.held);
    for (const tab of this.#tabs.keys()) this.#mourn(tab);
    this.#post({ kind: "lead" });
  }

  /** Another tab found that this one does not answer. */
  #lose(): void {
    this.#rest(true);
    this.#follow();
  }

  #connect(held: Held | null): void {
    const { url, dial, chance } = this.#place;
    const listener: Listener = {
      onEvent: (name, data) => this.#tell(name, data),
      onState: (state) => this.#turn(state),
    };
    this.#connection = new Connection({ url, token: this.token, properties: PROPERTIES }, listener, dial, chance, held);
    this.#connection.start();
  }

  /** Lead no more. */
  #rest(isFollowed: boolean): void {
    for (const stop of this.#mourned.values()) stop();
    this.#mourned.clear();
    this.#hangUp(isFollowed);
  }

  /** What becomes of the old socket is no news of the line. */
  #hangUp(isFollowed: boolean): void {
    const connection = this.#connection;
    this.#connection = null;
    if (isFollowed) connection?.leave();
    else connection?.stop();
  }

  #tell(name: EventName, data: unknown): void {
    const at = this.#connection?.held ?? null;
    if (at === null) return;
    this.#thread.held = at;
    if (this.#tabs.size > 1) this.#post({ kind: "heard", at, name, data });
    this.#knowing.onEvent(name, data);
    if (name === "READY") this.#voice.begin();
    if (name === "READY" || name === "RESUMED") this.#speak();
  }

  #turn(state: State): void {
    if (this.#connection === null) return;
    this.#become(state);
    this.#post({ kind: "state", state });
  }

  /** Say what is wanted now, where it can be heard. */
  #speak(): void {
    const connection = this.#connection;
    if (connection?.state !== "open") return;
    for (const { op, d } of this.#voice.next(this.#wishes)) connection.say(op, d);
  }

  #receive(tab: Tab, knows: Held | null): void {
    this.#mourn(tab);
    // What was heard is known after this, and before it is said how far that is.
    const picture = this.#knowing.picture();
    const { held } = this.#thread;
    const welcome = { held, picture: this.#thread.reaches(knows) ? null : picture };
    const all = { state: this.#state, tabs: [...this.#tabs], front: this.#front };
    this.#mail?.tell(tab, { from: this.#tab, kind: "welcome", ...welcome, ...all });
  }

  #mourn(tab: Tab): void {
    if (tab === this.#tab || this.#mourned.has(tab)) return;
    const gone = () => {
      this.#mail?.post({ from: tab, kind: "bye" });
      this.#part(tab);
    };
    this.#mourned.set(tab, this.#place.browser.locks.mourn(tab, gone));
  }

  // What tabs say

  #hear(word: Word): void {
    const { from, kind } = word;
    if (kind === "hello" || kind === "wishes") this.#meet(from, word.wishes);
    else if (kind === "bye") this.#part(from);
    else if (kind === "front") this.#front = from;
    if (this.#connection === null) this.#heed(word);
    else this.#serve(this.#connection, word);
  }

  /** As one of those who lead. */
  #serve(connection: Connection, word: Word): void {
    if (word.kind === "hello") this.#receive(word.from, word.held);
    else if (word.kind === "ping") this.#post({ kind: "pong" });
    else if (word.kind === "say") connection.say(word.op, word.d);
    else if (word.kind === "retry") connection.retry();
  }

  /** As one of those who follow. */
  #heed(word: Word): void {
    if (word.kind === "lead") this.#greet();
    else if (word.kind === "welcome") this.#welcomed(word);
    else if (word.kind === "heard") this.#hand(word);
    else if (word.kind === "state") this.#become(word.state);
    else if (word.kind !== "pong") return;
    this.#heardAt = this.#place.chance.now();
  }

  #meet(tab: Tab, wishes: Wishes): void {
    this.#tabs.set(tab, wishes);
    this.#speak();
  }

  #part(tab: Tab): void {
    this.#mourned.get(tab)?.();
    this.#mourned.delete(tab);
    this.#tabs.delete(tab);
    this.#speak();
  }

  #wish(wishes: Wishes): void {
    this.#mine = wishes;
    if (this.#mail === null) return;
    this.#post({ kind: "wishes", wishes });
    this.#meet(this.#tab, wishes);
  }

  get #wishes(): readonly Wishes[] {
    return [...this.#tabs.values()];
  }

  #post(saying: Saying): void {
    this.#mail?.post({ from: this.#tab, ...saying });
  }

  #after(ms: number, then: () => void): Release {
    return this.#place.chance.after(ms, then);
  }

  #become(state: State): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#knowing.onState(state);
  }
}
