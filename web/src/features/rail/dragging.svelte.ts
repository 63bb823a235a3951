/** Servers and folders are taken up and put down by pointer; where they would land is shown by the seam. */
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import type { Snowflake } from "../../wire/types";
import type { Piece, Spot } from "./arrangement";

/** At the ends of a tile one lands beside it, in the middle inside. */
const EDGE = 0.28;

export type Side = Spot["side"];

export interface Landing {
  /** What is unique among all that one can land on. */
  readonly key: string;
  /** Whether something that is carried can be put into it. */
  readonly takes: (carried: Piece) => boolean;
  readonly land: (carried: Piece, side: Side) => void;
}

export class Dragging {
  #over = $state.raw<{ readonly key: string; readonly side: Side } | null>(null);
  /** The piece that is carried. */
  carried = $state.raw<Piece | null>(null);

  over(key: string): Side | null {
    return this.#over?.key === key ? this.#over.side : null;
  }

  grab = (piece: Piece) => (element: HTMLElement) =>
    draggable({
      element,
      onDragStart: () => (this.carried = piece),
      onDrop: () => {
        this.carried = null;
        this.#over = null;
      },
    });

  landing = (landing: Landing) => (element: HTMLElement) => {
    const look = (y: number) => (this.#over = { key: landing.key, side: this.#sideOf(element, y, landing) });
    return dropTargetForElements({
      element,
      canDrop: () => this.carried !== null,
      onDrag: ({ location }) => look(location.current.input.clientY),
      onDragLeave: () => (this.#over = null),
      onDrop: ({ location }) => {
        const side = this.#sideOf(element, location.current.input.clientY, landing);
        if (this.carried !== null) landing.land(this.carried, side);
      },
    });
  };

  #sideOf(element: HTMLElement, y: number, { takes }: Landing): Side {
    const { top, height } = element.getBoundingClientRect();
    const share = (y - top) / height;
    const isInto = this.carried !== null && takes(this.carried);
    if (isInto && share > EDGE && share < 1 - EDGE) return "into";
    return share < 0.5 ? "before" : "after";
  }
}

export function isGuild(piece: Piece): piece is { readonly guild: Snowflake } {
  return "guild" in piece;
}
