/** Where the keyboard is: kept inside of what lies over the page, and given back when that is gone. */

const FOCUSABLE = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]";

/** What the Tab key reaches, in its order. */
export function tabStops(element: ParentNode): HTMLElement[] {
  const found = [...element.querySelectorAll<HTMLElement>(FOCUSABLE)];
  return found.filter((one) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }));
}

/** Attachment: takes the focus into the element, to what asks for it first, and gives it back at the end. */
export function holdFocus(element: HTMLElement): () => void {
  const before = document.activeElement;
  enter(element);
  return () => giveBack(before, element);
}

/** Attachment: as above, and nothing else on the page can be reached meanwhile. */
export function modal(element: HTMLElement): () => void {
  const before = document.activeElement;
  const release = aloneOnPage(element);
  enter(element);
  return () => {
    release();
    giveBack(before, element);
  };
}

function enter(element: HTMLElement): void {
  if (element.contains(document.activeElement)) return;
  (element.querySelector<HTMLElement>("[data-focus]") ?? tabStops(element)[0] ?? element).focus({ preventScroll: true });
}

/** Unless somebody has gone on to another control. */
function giveBack(before: Element | null, element: HTMLElement): void {
  queueMicrotask(() => {
    const now = document.activeElement;
    const isLost = now === null || now === document.body || element.contains(now);
    if (isLost && before instanceof HTMLElement) before.focus({ preventScroll: true });
  });
}

/** For `onkeydown`: Tab goes round within the element. */
export function loopTab(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  if (event.key !== "Tab") return;
  const stops = tabStops(event.currentTarget);
  const [first, last] = [stops[0], stops.at(-1)];
  const leaving = event.shiftKey ? first : last;
  if (leaving !== undefined && document.activeElement !== leaving && document.activeElement !== event.currentTarget) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

/** What is marked `data-above` lies over everything and stays. */
function aloneOnPage(element: HTMLElement): () => void {
  const hidden: HTMLElement[] = [];
  for (let inner: HTMLElement = element; inner.parentElement !== null && inner !== document.body; inner = inner.parentElement) {
    for (const other of inner.parentElement.children) {
      if (other === inner || !(other instanceof HTMLElement) || other.inert || other.dataset["above"] !== undefined) continue;
      other.inert = true;
      hidden.push(other);
    }
  }
  return () => hidden.forEach((one) => (one.inert = false));
}
