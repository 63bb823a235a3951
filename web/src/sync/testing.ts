/** The wider world of the outbox, in the hands of a test: time, the shelf, the other tabs, the network and the server. */
import type { Chance } from "../gateway/connection";
import { Refused, Unreachable } from "../rest/errors";
import type { CreateMessageInput, Message, Snowflake } from "../wire/types";
import type { Turn } from "../tabs/turn";
import type { Letter } from "./letters";
import { Outbox, type Bell, type Carrier, type Shelf } from "./outbox";

export class Clock implements Chance {
  #now = 1_600_000_000_000;
  #timers: { at: number; then: () => void }[] = [];

  #dice = 0;

  now = () => this.#now;
  random = () => (this.#dice = (this.#dice + 0.37) % 1);
  after = (ms: number, then: () => void) => {
    const timer = { at: this.#now + ms, then };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  };

  async pass(ms: number): Promise<void> {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    due.forEach(({ then }) => then());
    await settled();
  }
}

/** All that can happen without time passing has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve));
}

/** One browser: what its tabs share. */
export class Browser {
  readonly letters = new Map<string, Letter>();
  readonly #turns = new Map<string, Promise<void>>();
  readonly #ears = new Set<() => void>();

  readonly shelf: Shelf = {
    all: () => Promise.resolve([...this.letters.values()]),
    get: (nonce) => Promise.resolve(this.letters.get(nonce)),
    put: (letter) => Promise.resolve(void this.letters.set(letter.nonce, letter)),
    delete: (nonce) => Promise.resolve(void this.letters.delete(nonce)),
  };

  readonly turn: Turn = (name, work) => {
    const mine = (this.#turns.get(name) ?? Promise.resolve()).then(work);
    this.#turns.set(name, mine);
    return mine;
  };

  /** The bell of one tab. */
  bell(): Bell {
    let own: () => void = () => undefined;
    return {
      ring: () => {
        for (const ear of this.#ears) if (ear !== own) ear();
      },
      onRing: (heard) => {
        own = heard;
        this.#ears.add(heard);
        return () => this.#ears.delete(heard);
      },
    };
  }
}

/** A server that takes one message of a nonce, and can be away, say no, or lose its answers. */
export class Server {
  readonly taken: { channelId: Snowflake; body: CreateMessageInput }[] = [];
  asked = 0;
  /** What happens at the next posts instead of an answer. */
  trouble: Error[] = [];
  isAway = false;
  /** It takes the message, and the answer is lost. */
  losesAnswers = false;

  readonly post = (channelId: Snowflake, body: CreateMessageInput): Promise<Message> => {
    this.asked += 1;
    const problem = this.trouble.shift() ?? (this.isAway ? new Unreachable("away") : undefined);
    if (problem !== undefined) return Promise.reject(problem);
    if (body.content === "refuse me") return Promise.reject(new Refused(403, 50_013, "Missing Permissions"));
    const earlier = this.taken.findIndex((one) => one.body.nonce === body.nonce);
    if (earlier < 0) this.taken.push({ channelId, body });
    if (this.losesAnswers) return Promise.reject(new Unreachable("lost"));
    const place = earlier < 0 ? this.taken.length : earlier + 1;
    return Promise.resolve({ id: String(place), channel_id: channelId, nonce: body.nonce } as Message);
  };

  get contents(): (string | null | undefined)[] {
    return this.taken.map(({ body }) => body.content);
  }
}

export interface Tab {
  readonly outbox: Outbox;
  readonly arrived: Message[];
}

export interface World {
  readonly clock: Clock;
  readonly browser: Browser;
  readonly server: Server;
  online: boolean;
  slowness: number;
  carrier: Carrier;
}

export function world(): World {
  const carrier: Carrier = {
    bring: (_channelId, parcel) => Promise.resolve(`up-${parcel.filename}`),
    cancel: () => undefined,
    forget: () => undefined,
  };
  return { clock: new Clock(), browser: new Browser(), server: new Server(), online: true, slowness: 0, carrier };
}

/** A tab of the browser in that world. */
export function tab(around: World): Tab {
  const arrived: Message[] = [];
  const { clock, browser, server, carrier } = around;
  const outbox = new Outbox({
    chance: clock,
    shelf: browser.shelf,
    bell: browser.bell(),
    turn: browser.turn,
    carrier,
    post: server.post,
    arrived: (message) => arrived.push(message),
    slowness: () => around.slowness,
    isOnline: () => around.online,
  });
  return { outbox, arrived };
}
