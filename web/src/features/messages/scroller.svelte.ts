/** Keeps the reader's place: at the end as long as they are there, otherwise on the first row they see. */

import { on } from "svelte/events";

/** Nearer to the end than this is at the end. */
const NEAR = 2;

/** Days and other things that stand between messages go elsewhere when there are more messages. */
const MESSAGE = "[data-message]";

/** If the first of them is deleted, the next one is held. */
const MARKS = 12;

interface Mark {
  readonly row: Element;
  /** Its distance from the top of what is seen. */
  readonly top: number;
}

/** A place to come back to. */
export interface Place {
  /** The row's key; null for the end. */
  readonly key: string | null;
  readonly top: number;
}

export class Scroller {
  /** At the end, and staying there. */
  stuck = $state(true);
  /** Told whenever something else is seen than before. */
  onmoved: () => void = () => undefined;

  #view: HTMLElement | null = null;
  #rows: HTMLElement | null = null;
  #marks: readonly Mark[] = [];
  #lastTop = 0;

  /** Hold the element that scrolls, which has the rows in it as children of `[data-rows]`. */
  readonly hold = (view: HTMLElement): (() => void) => {
    this.#view = view;
    this.#rows = view.querySelector("[data-rows]");
    const sizes = new ResizeObserver(() => this.settle());
    sizes.observe(view);
    if (view.firstElementChild) sizes.observe(view.firstElementChild);
    const off = on(view, "scroll", () => this.#scrolled(), { passive: true });
    return () => {
      sizes.disconnect();
      off();
      this.#view = null;
    };
  };

  /** Before rows change other than in a frame: the browser may have scrolled and not yet said so. */
  note(): void {
    this.#mark();
  }

  /** After rows or sizes changed: stay at the end, or hold the first row that was seen. */
  settle(): void {
    const view = this.#view;
    if (view === null) return;
    if (this.stuck) view.scrollTop = view.scrollHeight;
    else {
      const mark = this.#marks.find(({ row }) => row.isConnected);
      const moved = mark === undefined ? 0 : this.#topOf(mark.row) - mark.top;
      if (Math.abs(moved) > 0.1) view.scrollTop += moved;
    }
    this.#arrived();
  }

  toEnd(): void {
    this.stuck = true;
    this.settle();
  }

  /** Put a row at a share of the height of what is seen. Whether it is there. */
  show(key: string, share: number): boolean {
    const view = this.#view;
    const row = this.rowOf(key);
    if (view === null || row === null) return false;
    const spare = Math.max(0, view.clientHeight - row.getBoundingClientRect().height);
    this.#put(row, spare * share);
    return true;
  }

  /** Where the reader is. */
  place(): Place {
    if (this.stuck) return { key: null, top: 0 };
    const [mark] = this.#marks;
    return { key: mark?.row.getAttribute("data-key") ?? null, top: mark?.top ?? 0 };
  }

  goBack({ key, top }: Place): void {
    const row = key === null ? null : this.rowOf(key);
    if (row === null) this.toEnd();
    else this.#put(row, top);
  }

  rowOf(key: string): HTMLElement | null {
    return this.#rows?.querySelector<HTMLElement>(`:scope > [data-key="${CSS.escape(key)}"]`) ?? null;
  }

  /** Whether a row lies above what is seen, below it, or in it. */
  whereIs(key: string): "above" | "here" | "below" | "nowhere" {
    const row = this.rowOf(key);
    const view = this.#view;
    if (row === null || view === null) return "nowhere";
    const top = this.#topOf(row);
    if (top + row.offsetHeight < 0) return "above";
    return top > view.clientHeight ? "below" : "here";
  }

  /** How much there is before and after what is seen, in heights of it. */
  get rest(): { readonly above: number; readonly below: number } {
    const view = this.#view;
    if (view === null || view.clientHeight === 0) return { above: Infinity, below: Infinity };
    return { above: view.scrollTop / view.clientHeight, below: this.#below(view) / view.clientHeight };
  }

  #put(row: Element, top: number): void {
    const view = this.#view;
    if (view === null) return;
    this.stuck = false;
    view.scrollTop += this.#topOf(row) - top;
    this.stuck = this.#below(view) <= NEAR;
    this.#arrived();
  }

  /** Growing below one does not mean leaving the end; only going up does. */
  #scrolled(): void {
    const view = this.#view;
    if (view === null) return;
    const wentUp = view.scrollTop < this.#lastTop - 1;
    this.stuck = this.#below(view) <= NEAR || (this.stuck && !wentUp);
    this.#arrived();
  }

  #arrived(): void {
    this.#lastTop = this.#view?.scrollTop ?? 0;
    this.#mark();
    this.onmoved();
  }

  #below(view: HTMLElement): number {
    return view.scrollHeight - view.clientHeight - view.scrollTop;
  }

  #topOf(row: Element): number {
    return row.getBoundingClientRect().top - (this.#view?.getBoundingClientRect().top ?? 0);
  }

  /** The rows from the first one that is seen, found by halves: there may be hundreds. */
  #mark(): void {
    const view = this.#view;
    const rows = this.#rows?.children;
    if (view === null || rows === undefined || rows.length === 0) return;
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = rows[middle];
      if (row !== undefined && this.#topOf(row) + row.clientHeight <= 0) low = middle + 1;
      else high = middle;
    }
    const seen = Array.from({ length: Math.min(MARKS, rows.length - low) }, (_, place) => rows[low + place]);
    this.#marks = seen.flatMap((row) => (row?.matches(MESSAGE) === true ? [{ row, top: this.#topOf(row) }] : []));
  }
}
