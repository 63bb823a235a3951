/** What holds a page back from being left: changes that are not saved. */
import { createContext } from "svelte";

export interface Holding {
  isHeld: boolean;
  /** Asks, where something would be lost. */
  readonly mayLeave: () => Promise<boolean>;
}

export const [useHolding, provideHolding] = createContext<Holding>();
