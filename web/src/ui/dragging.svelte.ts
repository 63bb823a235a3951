/** Things of a list are taken up and put down by pointer; where they would land is known while they are carried. */
import { later } from "./later";

const library = () => import("@atlaskit/pragmatic-drag-and-drop/element/adapter");

/** At the ends of a place one lands beside it, in the middle inside. */
const EDGE = 0.28;

export type Side = "before" | "after" | "into";

export interface Landing<Carried> {
  /** What is unique among all places that one can land on. */
  readonly key: string;
  /** On which sides something that is carried may come to be; where none, it is no place for it. */
  readonly takes: (carried: Carried) => { readonly beside: boolean; readonly into: boolean };
  readonly land: (carried: Carried, side: Side) => void;
}

export class Dragging<Carried> {
  #over = $state.raw<{ readonly key: string; readonly side: Side } | null>(null);
  #carried = $state.raw<Carried | null>(null);

  get carried(): Carried | null {
    return this.#carried;
  }

  /** On which side of a place what is carried would land. */
  over(key: string): Side | null {
    return this.#over?.key === key ? this.#over.side : null;
  }

  grab = (what: Carried) => (element: HTMLElement) =>
    later(library(), ({ draggable, monitorForElements }) =>
      draggable({
        element,
        getInitialData: () => ({ of: this, carried: what }),
        onDragStart: () => {
          this.#carried = what;
          // The element may be gone by the end.
          const stop = monitorForElements({
            onDrop: () => {
              stop();
              this.#carried = null;
              this.#over = null;
            },
          });
        },
      }),
    );

  landing = (landing: Landing<Carried>) => (element: HTMLElement) =>
    later(library(), ({ dropTargetForElements }) =>
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data["of"] === this,
        onDrag: ({ location, source }) => {
          const side = sideOf(element, location.current.input.clientY, source.data["carried"] as Carried, landing);
          this.#over = side === null ? null : { key: landing.key, side };
        },
        onDragLeave: () => (this.#over = null),
        onDrop: ({ location, source }) => {
          const carried = source.data["carried"] as Carried;
          const side = sideOf(element, location.current.input.clientY, carried, landing);
          if (side !== null) landing.land(carried, side);
        },
      }),
    );
}

function sideOf<Carried>(element: HTMLElement, y: number, carried: Carried, { takes }: Landing<Carried>): Side | null {
  const { top, height } = element.getBoundingClientRect();
  const share = (y - top) / height;
  const { beside, into } = takes(carried);
  if (into && (!beside || (share > EDGE && share < 1 - EDGE))) return "into";
  if (!beside) return null;
  return share < 0.5 ? "before" : "after";
}
