/** The panes of the chat: whether members are seen, and on a phone which one of three is looked at. */
import { createContext } from "svelte";
import { MediaQuery } from "svelte/reactivity";
import type { Preferences } from "../../store/preferences.svelte";
import { narrow } from "../../ui/narrow.svelte";

export type Pane = "lists" | "talk" | "members";

/** Too narrow for members beside the conversation: they lie over it on demand. */
export const tight = new MediaQuery("(max-width: 1100px)");

export class Panes {
  #element = $state.raw<HTMLElement | null>(null);
  #isOver = $state(false);

  constructor(readonly preferences: Preferences) {}

  /** On a phone they are the third pane, and always there. */
  get hasMembers(): boolean {
    if (narrow.current) return true;
    return tight.current ? this.#isOver : this.preferences.all.membersShown;
  }

  toggleMembers(): void {
    if (narrow.current) this.show("members");
    else if (tight.current) this.#isOver = !this.#isOver;
    else this.preferences.set({ membersShown: !this.preferences.all.membersShown });
  }

  /** Another conversation is looked at. */
  turn(): void {
    this.#isOver = false;
    this.show("talk");
  }

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
