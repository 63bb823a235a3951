/** A browser with tabs, and a gateway, in the hands of a test: tabs close, crash and freeze as they do. */
import type { Dial, Hearing, State } from "../gateway/connection";
import type { EventName } from "../world/parts";
import type { Dump } from "../world/world";
import { SharedLine } from "./line";
import type { Browser, Locks, Mail, Release, Word } from "./words";

interface Session {
  readonly id: string;
  readonly log: { readonly t: string; readonly d: unknown }[];
  /** What was said to it, beside the ways in. */
  readonly said: { readonly op: number; readonly d: unknown }[];
  hearing: Hearing | null;
}

/** Numbers what it tells without gaps, and goes on with a session where it was heard last. */
export class Gateway {
  readonly sessions = new Map<string, Session>();
  /** How many sessions there ever were. */
  begun = 0;
  isAway = false;

  /** The one there is. */
  get session(): Session {
    const [session, ...others] = this.sessions.values();
    if (session === undefined || others.length > 0) throw new Error(`${others.length} sessions too many, or none`);
    return session;
  }

  tell(t: string, d: unknown): void {
    for (const session of this.sessions.values()) this.#append(session, t, d);
  }

  readonly dial: Dial = (_url, hearing) => {
    let session: Session | null = null;
    queueMicrotask(() => {
      if (this.isAway) hearing.onClose(1006);
      else hearing.onMessage(JSON.stringify({ op: 10, d: { heartbeat_interval: 1e9 }, s: null, t: null }));
    });
    return {
      send: (text) => {
        const { op, d } = JSON.parse(text) as { op: number; d: { session_id: string; seq: number } };
        if (op === 2) session = this.#begin(hearing);
        else if (op === 6) session = this.#resume(hearing, d.session_id, d.seq);
        else session?.said.push({ op, d });
      },
      close: (code) => {
        if (session?.hearing !== hearing) return;
        session.hearing = null;
        if (code === 1000) this.sessions.delete(session.id);
      },
    };
  };

  /** All sockets are gone; sessions wait. */
  drop(): void {
    for (const session of this.sessions.values()) {
      const { hearing } = session;
      session.hearing = null;
      hearing?.onClose(1006);
    }
  }

  #begin(hearing: Hearing): Session {
    const session = { id: `s${++this.begun}`, log: [], said: [], hearing };
    this.sessions.set(session.id, session);
    this.#append(session, "READY", { session_id: session.id, resume_gateway_url: "ws://here/0" });
    return session;
  }

  #resume(hearing: Hearing, id: string, after: number): Session | null {
    const session = this.sessions.get(id);
    if (session === undefined) {
      hearing.onMessage(JSON.stringify({ op: 9, d: false, s: null, t: null }));
      return null;
    }
    const old = session.hearing;
    session.hearing = hearing;
    old?.onClose(4000);
    session.log.slice(after).forEach((_, place) => this.#send(session, after + place + 1));
    this.#append(session, "RESUMED", {});
    return session;
  }

  #append(session: Session, t: string, d: unknown): void {
    session.log.push({ t, d });
    this.#send(session, session.log.length);
  }

  #send({ log, hearing }: Session, s: number): void {
    const text = JSON.stringify({ op: 0, s, ...log[s - 1] });
    queueMicrotask(() => hearing?.onMessage(text));
  }
}

interface Waiting {
  readonly page: Page;
  readonly won: () => void;
  readonly lost: () => void;
}

/** All tabs of one person. */
export class House {
  readonly gateway = new Gateway();
  readonly pages: Page[] = [];
  /** All that tabs ever said to each other. */
  readonly words: Word[] = [];
  readonly #locks = new Map<string, Waiting[]>();
  #now = 0;
  #timers: { at: number; then: () => void }[] = [];

  async open(): Promise<Page> {
    const page = new Page(this, `tab ${this.pages.length + 1}`);
    this.pages.push(page);
    page.line.start();
    await settled();
    return page;
  }

  async pass(ms: number): Promise<void> {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    due.forEach(({ then }) => then());
    await settled();
  }

  chanceOf(page: Page) {
    return {
      now: () => this.#now,
      random: () => 0.5,
      after: (ms: number, then: () => void): Release => {
        const timer = { at: this.#now + ms, then: () => page.run(then) };
        this.#timers.push(timer);
        return () => (this.#timers = this.#timers.filter((one) => one !== timer));
      },
    };
  }

  browserOf(page: Page): Browser {
    return { tab: page.name, mail: () => this.#mailOf(page), locks: this.#locksOf(page) };
  }

  /** What a tab had, others get. */
  bury(page: Page): void {
    for (const [name, all] of this.#locks) for (const one of all.filter((it) => it.page === page)) this.#release(name, one);
  }

  #mailOf(page: Page): Mail {
    let isOpen = true;
    page.onWord = () => undefined;
    const send = (to: Page, word: Word) => {
      const copy = structuredClone(word);
      this.words.push(copy);
      queueMicrotask(() => to.run(() => to.onWord(copy)));
    };
    return {
      post: (word) => this.pages.filter((to) => isOpen && to !== page).forEach((to) => send(to, word)),
      tell: (tab, word) => this.pages.filter(({ name }) => isOpen && name === tab).forEach((to) => send(to, word)),
      onWord: (heard) => {
        page.onWord = (word) => {
          if (isOpen) heard(word);
        };
      },
      close: () => {
        isOpen = false;
      },
    };
  }

  #locksOf(page: Page): Locks {
    const hold = (name: string, won: () => void, lost: () => void, force = false): Release => {
      const mine = { page, won, lost };
      const all = this.#locks.get(name) ?? [];
      this.#locks.set(name, all);
      const holder = all[0];
      if (force) all.splice(0, 1, mine);
      else all.push(mine);
      if (force) holder?.page.run(holder.lost);
      if (all[0] === mine) queueMicrotask(() => page.run(won));
      return () => this.#release(name, mine);
    };
    return {
      live: (tab, done) => hold(tab, done, () => undefined),
      mourn: (tab, gone) => {
        const release = hold(
          tab,
          () => {
            release();
            gone();
          },
          () => undefined,
        );
        return release;
      },
      lead: (won, lost, force) => hold("lead", won, lost, force),
    };
  }

  #release(name: string, one: Waiting): void {
    const all = this.#locks.get(name) ?? [];
    const place = all.indexOf(one);
    if (place === -1) return;
    all.splice(place, 1);
    const next = all[0];
    if (place === 0 && next !== undefined) queueMicrotask(() => all[0] === next && next.page.run(next.won));
  }
}

/** One tab: what it knows is the list of what it was told. */
export class Page {
  readonly line: SharedLine;
  onWord: (word: Word) => void = () => undefined;
  state: State = "idle";
  known: string[] | null = null;
  #socket: Hearing | null = null;
  #life: "awake" | "frozen" | "dead" = "awake";
  #missed: (() => void)[] = [];

  constructor(
    readonly house: House,
    readonly name: string,
  ) {
    const { gateway } = house;
    const dial: Dial = (url, hearing) => {
      this.#socket = {
        onMessage: (text) => this.run(() => hearing.onMessage(text)),
        onClose: (code) => this.run(() => hearing.onClose(code)),
      };
      return gateway.dial(url, this.#socket);
    };
    const place = { url: "ws://here/", dial, chance: house.chanceOf(this), browser: house.browserOf(this) };
    this.line = new SharedLine(place, "token", {
      onEvent: (name, data) => this.#hear(name, data),
      onState: (state) => (this.state = state),
      picture: () => this.known as unknown as Dump | null,
      become: (picture) => (this.known = [...(picture as unknown as string[])]),
    });
  }

  /** As the browser does: nothing in a dead page, and in a frozen one later. */
  run(then: () => void): void {
    if (this.#life === "awake") then();
    else if (this.#life === "frozen") this.#missed.push(then);
  }

  async close(): Promise<void> {
    this.line.stop();
    await this.#end();
  }

  /** It is gone without a word. */
  async crash(): Promise<void> {
    const { session } = this.house.gateway;
    if (session.hearing === this.#socket) session.hearing = null;
    await this.#end();
  }

  freeze(): void {
    this.#life = "frozen";
  }

  async thaw(): Promise<void> {
    this.#life = "awake";
    for (const then of this.#missed.splice(0)) then();
    await settled();
  }

  async #end(): Promise<void> {
    this.#life = "dead";
    this.house.pages.splice(this.house.pages.indexOf(this), 1);
    this.house.bury(this);
    await settled();
  }

  #hear(name: EventName, data: unknown): void {
    if (name === "READY") this.known = [];
    else if (name === "MESSAGE_CREATE") this.known?.push(data as string);
  }
}

/** All that can happen without time passing has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve));
}
