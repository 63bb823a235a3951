/** Rows put in another order: by pointer, by Alt and an arrow key, or by words of a menu. Where one would land is told, to be drawn as the seam. */
import { all, later } from "./later";

export type Edge = "before" | "after";

export interface Order {
  /** The ids as they stand. */
  readonly ids: () => readonly string[];
  /** Whether this row may be taken up, and whether another may be put on its place. */
  readonly isFree?: (id: string) => boolean;
  readonly onmoved: (ids: readonly string[], id: string) => unknown;
}

export class Reorder {
  #carried = $state.raw<string | null>(null);
  #over = $state.raw<{ readonly id: string; readonly edge: Edge } | null>(null);
  readonly #order: Order;

  constructor(order: Order) {
    this.#order = order;
  }

  get carried(): string | null {
    return this.#carried;
  }

  /** Beside which edge of this row the carried one would land. */
  edge(id: string): Edge | null {
    return this.#over?.id === id && this.#carried !== id ? this.#over.edge : null;
  }

  /** Attachment of a row; its `[data-handle]`, where there is one, takes it up. */
  row = (id: string) => (element: HTMLElement) => {
    const handle = element.querySelector("[data-handle]");
    const stop = later(import("@atlaskit/pragmatic-drag-and-drop/element/adapter"), ({ draggable, dropTargetForElements }) =>
      all(
        draggable({
          element,
          ...(handle === null ? {} : { dragHandle: handle }),
          canDrag: () => this.#isFree(id),
          onDragStart: () => (this.#carried = id),
          onDrop: () => {
            this.#carried = null;
            this.#over = null;
          },
        }),
        dropTargetForElements({
          element,
          canDrop: () => this.#carried !== null && this.#isFree(id),
          onDrag: ({ location }) => (this.#over = { id, edge: edgeOf(element, location.current.input.clientY) }),
          onDragLeave: () => (this.#over = null),
          onDrop: ({ location }) => this.#land(id, edgeOf(element, location.current.input.clientY)),
        }),
      ),
    );
    const pressed = (event: KeyboardEvent) => {
      const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
      if (by === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      this.move(id, by);
    };
    element.addEventListener("keydown", pressed);
    return () => {
      stop();
      element.removeEventListener("keydown", pressed);
    };
  };

  canMove(id: string, by: -1 | 1): boolean {
    const neighbour = this.#order.ids()[this.#order.ids().indexOf(id) + by];
    return neighbour !== undefined && this.#isFree(id) && this.#isFree(neighbour);
  }

  /** One place up or down. */
  move(id: string, by: number): void {
    if (!this.canMove(id, by < 0 ? -1 : 1)) return;
    this.#order.onmoved(moved(this.#order.ids(), id, this.#order.ids().indexOf(id) + by), id);
  }

  #land(target: string, edge: Edge): void {
    const id = this.#carried;
    if (id === null || id === target) return;
    const rest = this.#order.ids().filter((one) => one !== id);
    const place = rest.indexOf(target) + (edge === "after" ? 1 : 0);
    if (place !== this.#order.ids().indexOf(id)) this.#order.onmoved(moved(this.#order.ids(), id, place), id);
  }

  #isFree(id: string): boolean {
    return this.#order.isFree?.(id) ?? true;
  }
}

/** The ids with one of them on another place. */
export function moved(ids: readonly string[], id: string, place: number): readonly string[] {
  const rest = ids.filter((one) => one !== id);
  return [...rest.slice(0, place), id, ...rest.slice(place)];
}

function edgeOf(element: HTMLElement, y: number): Edge {
  const { top, height } = element.getBoundingClientRect();
  return y < top + height / 2 ? "before" : "after";
}
