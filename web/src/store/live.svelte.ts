/** The living connection of who is signed in: the world, kept true by the gateway, and how the line is. */
import type { State } from "../gateway/connection";
import type { Memory } from "../memory/memory";
import type { Knowing, SharedLine } from "../tabs/line";
import type { Applies, EventName } from "../world/parts";
import { World, type Dump } from "../world/world";

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

  /** The line that all tabs have together. */
  readonly shared: SharedLine;

  readonly #nextFrame: NextFrame;
  readonly #listeners = new Set<Heard>();
  #queue: Waiting[] = [];

  constructor(lay: (knowing: Knowing) => SharedLine, nextFrame: NextFrame) {
    this.#nextFrame = nextFrame;
    this.shared = lay({
      onEvent: (name, data) => this.#hear(name, data),
      onState: (state) => (this.line = state),
      picture: () => this.#picture(),
      become: (picture) => this.#become(picture),
    });
  }

  start(): void {
    this.shared.start();
  }

  stop(): void {
    this.shared.stop();
    this.#listeners.clear();
  }

  retry(): void {
    this.shared.retry();
  }

  /** Begin with what was kept, where the server is not reached. */
  async recall(memory: Memory): Promise<void> {
    const kept = await memory.kept();
    if (kept === null || this.isReady) return;
    this.world.recall(kept);
    this.isRecalled = true;
    this.isReady = true;
  }

  /** Ask something of the gateway. */
  say(op: number, d: unknown): void {
    this.shared.say(op, d);
  }

  /** Be told of every event after the world has taken it in. */
  listen(heard: Heard): () => void {
    this.#listeners.add(heard);
    return () => this.#listeners.delete(heard);
  }

  /** Be told of some events, each for itself. */
  hear(some: Applies): () => void {
    return this.listen((name, data) => (some[name] as ((data: unknown) => void) | undefined)?.(data));
  }

  /** All that comes between two frames is drawn at once. */
  #hear(name: EventName, data: unknown): void {
    this.#queue.push({ name, data: data as never });
    if (this.#queue.length === 1) this.#nextFrame(() => this.#drain());
  }

  #picture(): Dump | null {
    this.#drain();
    return this.isReady && !this.isRecalled ? this.world.picture() : null;
  }

  /** What waited to be drawn was before this. */
  #become(picture: Dump): void {
    this.#queue.length = 0;
    this.world.recall(picture);
    this.isReady = true;
    this.isRecalled = false;
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
