/** Attachment: tells of a press elsewhere. A press on the opener only closes; it does not open again at once. */
import type { Anchor } from "./layers.svelte";

export function outside(opener: Anchor, left: () => void): (element: HTMLElement) => () => void {
  return (element) => {
    function pressed(event: PointerEvent): void {
      if (!(event.target instanceof Node) || element.contains(event.target)) return;
      if (isAbove(event.target, element)) return;
      if (opener instanceof Element && opener.contains(event.target)) swallowClick();
      left();
    }
    document.addEventListener("pointerdown", pressed, true);
    return () => document.removeEventListener("pointerdown", pressed, true);
  };
}

/** Toasts, and layers opened from this one, do not count as elsewhere. */
function isAbove(target: Node, element: HTMLElement): boolean {
  const own = element.closest("[data-layer]");
  const other = target instanceof Element ? target.closest("[data-layer], [data-toasts]") : null;
  if (other === null) return false;
  if (own === null || other.hasAttribute("data-toasts")) return true;
  return other !== own && Boolean(own.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
}

function swallowClick(): void {
  const swallow = (event: Event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  document.addEventListener("click", swallow, { capture: true, once: true });
  // A press that is dragged away makes no click.
  document.addEventListener("pointerup", () => setTimeout(() => document.removeEventListener("click", swallow, true)), { once: true });
}
