/** F6 goes from one region of the page to the next, and lands where the focus was there before. */

const REGION = "[data-region]";
const FOCUSABLE = "a[href], button:not(:disabled), textarea, input, [tabindex='0']";

const left = new WeakMap<Element, HTMLElement>();

export function nextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(REGION)];
  const focused = document.activeElement;
  const at = regions.findIndex((region) => region.contains(focused));
  const from = regions[at];
  if (from && focused instanceof HTMLElement) left.set(from, focused);
  const to = regions.at((at + step + regions.length) % regions.length);
  if (to === undefined) return;
  const before = left.get(to);
  const all = [...to.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const target = before?.isConnected === true ? before : all.find((one) => one.checkVisibility());
  (target ?? to).focus();
}
