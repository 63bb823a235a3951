/** The three panes of a narrow page: which one is looked at, and the way to another one. */
import { createContext } from "svelte";

export type Pane = "lists" | "talk" | "members";

export class Panes {
  #element = $state.raw<HTMLElement | null>(null);

  readonly hold = (element: HTMLElement): (() => void) => {
    this.#element = element;
    return () => (this.#element = null);
  };

  /** Without effect where all panes are seen at once. */
  show(pane: Pane): void {
    const wanted = this.#element?.querySelector(`[data-pane="${pane}"]`);
    wanted?.scrollIntoView({ behavior: "auto", block: "nearest", inline: pane === "talk" ? "center" : "nearest" });
  }
}

const [use, provide] = createContext<Panes>();
export const usePanes = use;

export function providePanes(panes: Panes): Panes {
  provide(panes);
  return panes;
}
