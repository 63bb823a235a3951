/** The living connection of who is signed in: the world, kept true by the gateway, and how the line is. */
import { Connection, type Chance, type Dial, type State } from "../gateway/connection";
import type { Memory } from "../memory/memory";
import type { EventName } from "../world/parts";
import { World } from "../world/world";

interface Waiting {
  readonly name: EventName;
  readonly data: never;
}

/** How the browser's next frame is waited for; where the page is hidden, a timer. */
export type NextFrame = (then: () => void) => void;

export type Heard = (name: EventName, data: unknown) => void;

export class Live {
  readonly world = new World();
  line = $state<State>("idle");
  /** What the world says is all there is: READY has come, or what was kept was recalled. */
  isReady = $state(false);
  /** What is seen is what was kept: the server has not been reached since the start. */
  isRecalled = $state(false);

  /** What the connection shows for itself. */
  token: string;

  readonly #dialled: (token: string) => Connection;
  readonly #nextFrame: NextFrame;
  readonly #listeners = new Set<Heard>();
  #connection: Connection;
  #queue: Waiting[] = [];

  constructor(url: string, token: string, dial: Dial, chance: Chance, nextFrame: NextFrame) {
    this.#nextFrame = nextFrame;
    this.token = token;
    const properties = { os: "", browser: "Rift", device: "" };
    const listener = {
      onEvent: (name: EventName, data: unknown) => this.#hear(name, data),
      onState: (state: State) => (this.line = state),
    };
    this.#dialled = (shown) => new Connection({ url, token: shown, properties }, listener, dial, chance);
    this.#connection = this.#dialled(token);
  }

  start(): void {
    this.#connection.start();
  }

  stop(): void {
    this.#connection.stop();
    this.#listeners.clear();
  }

  retry(): void {
    this.#connection.retry();
  }

  /** Begin with what was kept, where the server is not reached. */
  async recall(memory: Memory): Promise<void> {
    const kept = await memory.kept();
    if (kept === null || this.isReady) return;
    this.world.recall(kept);
    this.isRecalled = true;
    this.isReady = true;
  }

  /** Go on with another token of the same person; what is known stays until the new READY. */
  enter(token: string): void {
    this.#connection.stop();
    this.token = token;
    this.#connection = this.#dialled(token);
    this.#connection.start();
  }

  /** Say something to the gateway: who is looked at, how one's presence is. */
  say(op: number, d: unknown): void {
    this.#connection.say(op, d);
  }

  /** Be told of every event after the world has taken it in. */
  listen(heard: Heard): () => void {
    this.#listeners.add(heard);
    return () => this.#listeners.delete(heard);
  }

  /** All that comes between two frames is drawn at once. */
  #hear(name: EventName, data: unknown): void {
    this.#queue.push({ name, data: data as never });
    if (this.#queue.length === 1) this.#nextFrame(() => this.#drain());
  }

  #drain(): void {
    for (const { name, data } of this.#queue.splice(0)) {
      this.world.receive(name, data);
      if (name === "READY") {
        this.isReady = true;
        this.isRecalled = false;
      }
      for (const heard of [...this.#listeners]) heard(name, data);
    }
  }
}
