/** What holds a page back from being left: changes that are not saved. */
import { createContext } from "svelte";

export interface Holding {
  isHeld: boolean;
}

export const [useHolding, provideHolding] = createContext<Holding>();
