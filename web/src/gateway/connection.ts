/** The gateway's protocol on one socket after another: identify, heartbeats, resume, and how long to wait between. */
import type { EventName } from "../world/parts";

export interface Socket {
  send(text: string): void;
  close(code?: number): void;
}

/** What a socket tells; the browser's and a test's are made to call these. */
export interface Hearing {
  onMessage(text: string): void;
  onClose(code: number): void;
}

export type Dial = (url: string, hearing: Hearing) => Socket;

/** The clock and the dice, so that a test holds both. */
export interface Chance {
  now(): number;
  random(): number;
  after(ms: number, then: () => void): () => void;
}

export type State = "idle" | "connecting" | "open" | "waiting" | "ended";

export interface Listener {
  onEvent(name: EventName, data: unknown): void;
  /** The connection is there, lost, or over for good. */
  onState(state: State): void;
}

export interface Options {
  readonly url: string;
  readonly token: string;
  readonly properties: Readonly<Record<string, string>>;
}

const DISPATCH = 0;
const HEARTBEAT = 1;
const IDENTIFY = 2;
const RESUME = 6;
const RECONNECT = 7;
const INVALID_SESSION = 9;
const HELLO = 10;
const ACK = 11;

/** Lazy notes, versioned read states and settings, people once each, guilds with properties apart. */
const CAPABILITIES = (1 << 0) | (1 << 2) | (1 << 3) | (1 << 4) | (1 << 10);
const VERSION = "?v=10&encoding=json";

/** The token is not valid any more, or what we say is not understood: coming back would not help. */
const FATAL = new Set([4004, 4010, 4011, 4012, 4013, 4014]);
/** The session cannot go on; the next socket begins a new one. */
const FORGET = new Set([4007, 4009]);
const ABANDONED = 4900;

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

interface Frame {
  readonly op: number;
  readonly d: unknown;
  readonly s: number | null;
  readonly t: EventName | null;
}

/** A session as far as it was heard: what is needed to go on with it, from here or from another tab. */
export interface Held {
  readonly id: string;
  readonly url: string;
  readonly sequence: number;
}

export class Connection {
  #state: State = "idle";
  #socket: Socket | null = null;
  #held: Held | null;
  #failures = 0;
  #isAcknowledged = true;
  #stops: (() => void)[] = [];
  /** Sockets are told apart, so that a late word of an old one is not heard. */
  #generation = 0;

  constructor(
    readonly options: Options,
    readonly listener: Listener,
    readonly dial: Dial,
    readonly chance: Chance,
    held: Held | null = null,
  ) {
    this.#held = held;
  }

  /** The session and what was heard of it last; null before the first READY. */
  get held(): Held | null {
    return this.#held;
  }

  get state(): State {
    return this.#state;
  }

  start(): void {
    if (this.#state === "idle" || this.#state === "waiting") this.#connect();
  }

  /** End for good; the session is given up. */
  stop(): void {
    this.#hangUp(1000);
    this.#become("ended");
  }

  /** Leave the session to somebody else, who goes on with it; nothing more is told of it here. */
  leave(): void {
    this.#hangUp(ABANDONED);
    this.#state = "ended";
  }

  /** Do not wait any longer: the network came back, or somebody pressed the button. */
  retry(): void {
    if (this.#state !== "waiting") return;
    this.#failures = 0;
    this.#connect();
  }

  /** Say something once the session is there; what is said before is lost, and said again by who needs it. */
  say(op: number, d: unknown): void {
    if (this.#state === "open") this.#send(op, d);
  }

  #connect(): void {
    this.#rest();
    const generation = ++this.#generation;
    this.#become("connecting");
    this.#socket = this.dial((this.#held?.url ?? this.options.url) + VERSION, {
      onMessage: (text) => {
        if (generation === this.#generation) this.#hear(JSON.parse(text) as Frame);
      },
      onClose: (code) => {
        if (generation === this.#generation) this.#lost(code);
      },
    });
  }

  #hear({ op, d, s, t }: Frame): void {
    if (op === DISPATCH && t !== null) this.#dispatch(t, d, s);
    else if (op === HELLO) this.#greet((d as { heartbeat_interval: number }).heartbeat_interval);
    else if (op === ACK) this.#isAcknowledged = true;
    else if (op === HEARTBEAT) this.#send(HEARTBEAT, this.#held?.sequence ?? null);
    else if (op === RECONNECT) this.#again();
    else if (op === INVALID_SESSION) this.#invalid(d === true);
  }

  #dispatch(name: EventName, data: unknown, sequence: number | null): void {
    if (name === "READY") {
      const { session_id, resume_gateway_url } = data as { session_id: string; resume_gateway_url: string };
      this.#held = { id: session_id, url: withSlash(resume_gateway_url), sequence: sequence ?? 0 };
    } else if (this.#held !== null) this.#held = { ...this.#held, sequence: sequence ?? this.#held.sequence };
    if (name === "READY" || name === "RESUMED") {
      this.#failures = 0;
      this.#become("open");
    }
    this.listener.onEvent(name, data);
  }

  #greet(intervalMs: number): void {
    this.#isAcknowledged = true;
    // The first beat at a random time, so that all who come back at once do not beat as one.
    this.#beatAfter(intervalMs * this.chance.random(), intervalMs);
    const { token, properties } = this.options;
    if (this.#held === null) this.#send(IDENTIFY, { token, properties, capabilities: CAPABILITIES });
    else this.#send(RESUME, { token, session_id: this.#held.id, seq: this.#held.sequence });
  }

  #beatAfter(ms: number, intervalMs: number): void {
    const stop = this.chance.after(ms, () => {
      if (this.#isAcknowledged) this.#beat(intervalMs);
      else this.#again();
    });
    this.#stops.push(stop);
  }

  #beat(intervalMs: number): void {
    this.#isAcknowledged = false;
    this.#send(HEARTBEAT, this.#held?.sequence ?? null);
    this.#beatAfter(intervalMs, intervalMs);
  }

  #invalid(resumable: boolean): void {
    if (!resumable) this.#held = null;
    this.#again();
  }

  /** Leave this socket, and come back on another one after a while. */
  #again(): void {
    this.#hangUp(ABANDONED);
    this.#wait();
  }

  #lost(code: number): void {
    this.#socket = null;
    this.#generation += 1;
    if (FORGET.has(code)) this.#held = null;
    if (FATAL.has(code)) {
      this.#rest();
      this.#become("ended");
    } else this.#wait();
  }

  #wait(): void {
    this.#rest();
    this.#become("waiting");
    const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#stops.push(this.chance.after(most * (0.5 + this.chance.random() / 2), () => this.#connect()));
  }

  #hangUp(code: number): void {
    this.#rest();
    this.#generation += 1;
    this.#socket?.close(code);
    this.#socket = null;
  }

  #rest(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #send(op: number, d: unknown): void {
    this.#socket?.send(JSON.stringify({ op, d }));
  }

  #become(state: State): void {
    if (state === this.#state) return;
    this.#state = state;
    this.listener.onState(state);
  }
}

function withSlash(url: string): string {
  return url.endsWith("/") ? url : `${url}/`;
}
