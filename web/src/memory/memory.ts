/** Keeps what the client knew, so that it opens where the server cannot be reached: the world and its last messages. */
import { withoutFleeting, type Stretch } from "../world/messages";
import type { Dump, World } from "../world/world";

/** Where it is kept; the browser's IndexedDB fits. */
export interface Keeper {
  get(): Promise<unknown>;
  put(value: unknown): Promise<void>;
}

interface Kept {
  readonly version: number;
  readonly dump: Dump;
}

/** What was kept by a client that thought otherwise of the world is not understood any more. */
const VERSION = 2;
const CHANNELS = 30;
const MESSAGES = 50;

export class Memory {
  readonly #keeper: Keeper;

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  async keep(world: World): Promise<void> {
    await this.#keeper.put({ version: VERSION, dump: shortened(world.dump()) } satisfies Kept);
  }

  /** What was kept, where there is something that is understood. */
  async kept(): Promise<Dump | null> {
    const kept = await this.#keeper.get();
    return isKept(kept) ? kept.dump : null;
  }
}

function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null && "version" in value && value.version === VERSION;
}

/** Of the messages the last ones of the channels that were opened last. */
function shortened(dump: Dump): Dump {
  return dump.map(([part, tables]) =>
    part === "messages" ? [part, tables.map(([table, entries]) => [table, entries.slice(-CHANNELS).flatMap(lastOf)])] : [part, tables],
  );
}

function lastOf([id, value]: readonly [string, unknown]): readonly (readonly [string, Stretch])[] {
  const { messages, fromStart, toEnd } = withoutFleeting(value as Stretch);
  if (!toEnd) return [];
  const last = messages.slice(-MESSAGES);
  return [[id, { messages: last, toEnd, fromStart: fromStart && last.length === messages.length }]];
}
