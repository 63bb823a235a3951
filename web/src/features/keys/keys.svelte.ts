/** Who does what a key asks for: rooms register themselves while they are shown, and the last one is asked first. */
import { createContext, onMount } from "svelte";
import type { Action } from "./actions";

/** False where there was nothing to do: then the key is not taken from the browser. */
export type Handler = () => unknown;

export class Keys {
  readonly #handlers = new Map<Action, Handler[]>();

  /** Until the answer is called. */
  on(action: Action, handler: Handler): () => void {
    this.#handlers.set(action, [...(this.#handlers.get(action) ?? []), handler]);
    return () => this.#handlers.set(action, (this.#handlers.get(action) ?? []).filter((one) => one !== handler));
  }

  /** Whether somebody did it. */
  run(action: Action): boolean {
    const handlers = this.#handlers.get(action) ?? [];
    return [...handlers].reverse().some((handler) => handler() !== false);
  }
}

export const [useKeys, provideKeys] = createContext<Keys>();

/** Do something for a key while this component is shown. */
export function useKey(action: Action, handler: Handler): void {
  const keys = useKeys();
  onMount(() => keys.on(action, handler));
}
