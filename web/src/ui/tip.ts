/** Attachment: what a control is called, shown when a pointer rests on it or the keyboard reaches it. The name itself stands in the control. */

const REST_MS = 300;
/** Who has just read one is shown the next at once. */
const WARM_MS = 400;
const GAP = 8;
const MARGIN = 6;

export function tip(label: string, shortcut?: string): (control: HTMLElement) => () => void {
  return (control) => {
    const rest = (event: PointerEvent) => {
      if (event.pointerType === "mouse") shown.after(control, label, shortcut);
    };
    const reach = () => {
      if (control.matches(":focus-visible")) shown.now(control, label, shortcut);
    };
    const leave = () => shown.hide(control);
    control.addEventListener("pointerenter", rest);
    control.addEventListener("pointerleave", leave);
    control.addEventListener("pointerdown", leave);
    control.addEventListener("focus", reach);
    control.addEventListener("blur", leave);
    return () => {
      leave();
      control.removeEventListener("pointerenter", rest);
      control.removeEventListener("pointerleave", leave);
      control.removeEventListener("pointerdown", leave);
      control.removeEventListener("focus", reach);
      control.removeEventListener("blur", leave);
    };
  };
}

async function above(control: HTMLElement, element: HTMLElement): Promise<void> {
  const { computePosition, flip, offset, shift } = await import("@floating-ui/dom");
  const { x, y } = await computePosition(control, element, {
    strategy: "fixed",
    placement: "top",
    middleware: [offset(GAP), flip({ padding: MARGIN }), shift({ padding: MARGIN })],
  });
  Object.assign(element.style, { left: `${Math.round(x)}px`, top: `${Math.round(y)}px` });
}

/** There is one pointer and one keyboard, so there is one tooltip. */
class Shown {
  #over: HTMLElement | null = null;
  #element: HTMLElement | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #left = -Infinity;

  after(control: HTMLElement, label: string, shortcut?: string): void {
    clearTimeout(this.#timer);
    const isWarm = performance.now() - this.#left < WARM_MS;
    this.#over = control;
    this.#timer = setTimeout(() => this.now(control, label, shortcut), isWarm ? 0 : REST_MS);
  }

  now(control: HTMLElement, label: string, shortcut?: string): void {
    this.#remove();
    this.#over = control;
    const element = drawn(label, shortcut);
    this.#element = element;
    document.body.append(element);
    void above(control, element);
  }

  hide(control: HTMLElement): void {
    if (this.#over !== control) return;
    clearTimeout(this.#timer);
    this.#remove();
    this.#over = null;
  }

  #remove(): void {
    if (this.#element === null) return;
    this.#element.remove();
    this.#element = null;
    this.#left = performance.now();
  }
}

const shown = new Shown();

/** For eyes only: the control's own name is what is heard. */
function drawn(label: string, shortcut?: string): HTMLElement {
  const element = document.createElement("div");
  element.className = "tip";
  element.ariaHidden = "true";
  element.dataset["above"] = "";
  element.textContent = label;
  if (shortcut) {
    const keys = document.createElement("kbd");
    keys.textContent = shortcut;
    element.append(keys);
  }
  return element;
}
