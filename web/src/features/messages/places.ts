/** Where the reader was in the channels they left, the last ones first; of older ones nothing is kept. */
import { createContext } from "svelte";
import type { Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import type { Place } from "./scroller.svelte";

/** Enough to go back and forth at once; each holds a page of messages. */
const MOST = 30;
const KEPT = 60;

export class Places {
  readonly #places = new Map<Snowflake, Place>();

  constructor(private readonly world: World) {}

  get(channelId: Snowflake): Place | undefined {
    return this.#places.get(channelId);
  }

  /** Keep the place, and of the messages what is around it. */
  leave(channelId: Snowflake, place: Place): void {
    this.#places.delete(channelId);
    this.#places.set(channelId, place);
    this.world.messages.trim(channelId, place.key, KEPT);
    const [oldest] = this.#places.keys();
    if (this.#places.size <= MOST || oldest === undefined) return;
    this.#places.delete(oldest);
    this.world.messages.forget([oldest]);
  }
}

export const [usePlaces, providePlaces] = createContext<Places>();
