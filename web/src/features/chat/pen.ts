/** What one writes with in the conversation that is open; whoever stands beside it can put a word there. */
import { createContext } from "svelte";

export class Pen {
  /** The composer says how; without one, nothing is written. */
  write: (word: string) => void = () => undefined;
}

export const [usePen, providePen] = createContext<Pen>();
