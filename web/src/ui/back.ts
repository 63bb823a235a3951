/** The back button of a phone closes what lies on top before it leaves the page. */
import type { Layers } from "./layers.svelte";

/** One step of the history stands for whatever is open. It is used again rather than taken away, because taking it away would race with a way somebody goes meanwhile. */
const MARK = "rift.layer";

const isMarked = (state: unknown): boolean => state === MARK;

export class BackCloses {
  #onMark = isMarked(history.state);

  constructor(readonly layers: Layers) {}

  /** There is something to close now. */
  ready(): void {
    if (isMarked(history.state)) return;
    history.pushState(MARK, "");
    this.#onMark = true;
  }

  /** For `onpopstate`. */
  readonly popped = (event: PopStateEvent): void => {
    const left = this.#onMark;
    this.#onMark = isMarked(event.state);
    if (!left || this.#onMark) return;
    if (!this.layers.closeTop()) history.back();
  };
}
