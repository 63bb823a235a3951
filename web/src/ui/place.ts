/** Puts what floats beside what it belongs to, and keeps it on the page. */
import type { Placement, VirtualElement } from "@floating-ui/dom";
import { later } from "./later";
import type { Anchor, Side } from "./layers.svelte";

const GAP = 6;
const MARGIN = 8;

/** Attachment: beside a control, or under the pointer. The room that is there stands in `--room`. */
export function place(at: Anchor, side: Side = "bottom", gap = at instanceof Element ? GAP : 0): (floating: HTMLElement) => () => void {
  return (floating) => later(import("@floating-ui/dom"), (library) => held(library, at, floating, side, gap));
}

type Library = typeof import("@floating-ui/dom");

function held(
  { autoUpdate, computePosition, flip, offset, shift, size }: Library,
  at: Anchor,
  floating: HTMLElement,
  side: Side,
  gap: number,
): () => void {
  const reference = at instanceof Element ? at : pointer(at);
  const put = async () => {
    const { x, y } = await computePosition(reference, floating, {
      strategy: "fixed",
      placement: placement(side),
      middleware: [
        offset(gap),
        flip({ padding: MARGIN, fallbackAxisSideDirection: "start" }),
        shift({ padding: MARGIN, crossAxis: true }),
        size({ padding: MARGIN, apply: ({ availableHeight }) => floating.style.setProperty("--room", `${Math.floor(availableHeight)}px`) }),
      ],
    });
    Object.assign(floating.style, { left: `${Math.round(x)}px`, top: `${Math.round(y)}px` });
  };
  return autoUpdate(reference, floating, () => void put());
}

function placement(side: Side): Placement {
  const isRightToLeft = document.dir === "rtl";
  if (side === "start") return isRightToLeft ? "right-start" : "left-start";
  if (side === "end") return isRightToLeft ? "left-start" : "right-start";
  return `${side}-start`;
}

function pointer({ x, y }: { readonly x: number; readonly y: number }): VirtualElement {
  return { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) };
}
