/** A finger that rests on something asks for its menu; not every phone says so by itself. */
import { on } from "svelte/events";

const LONG_MS = 500;
const STILL_PX = 10;

/** Attachment: below the element, a resting finger is heard as `contextmenu`, as the other button of a mouse is. */
export function resting(element: HTMLElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from = { clientX: 0, clientY: 0 };
  const stop = () => clearTimeout(timer);

  function ask(target: EventTarget | null): void {
    const event = new MouseEvent("contextmenu", { ...from, bubbles: true, cancelable: true });
    target?.dispatchEvent(event);
    if (event.defaultPrevented) liftQuietly();
  }

  function down(event: PointerEvent): void {
    stop();
    if (event.pointerType !== "touch" || !event.isPrimary) return;
    from = { clientX: event.clientX, clientY: event.clientY };
    timer = setTimeout(() => ask(event.target), LONG_MS);
  }

  function move({ clientX, clientY }: PointerEvent): void {
    if (Math.hypot(clientX - from.clientX, clientY - from.clientY) > STILL_PX) stop();
  }

  const off = [
    on(element, "pointerdown", down),
    on(element, "pointermove", move),
    on(element, "pointerup", stop),
    on(element, "pointercancel", stop),
    on(element, "contextmenu", stop),
    stop,
  ];
  return () => off.forEach((end) => end());
}

/** The finger that asked for the menu presses nothing when it is lifted, and a phone that notices later asks for no other menu. */
function liftQuietly(): void {
  const end = new AbortController();
  const options = { capture: true, once: true, signal: end.signal };
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", swallow, options);
  document.addEventListener("contextmenu", swallow, options);
  document.addEventListener("pointerdown", () => end.abort(), options);
}
