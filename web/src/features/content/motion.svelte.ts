/** When moving pictures move: while somebody sees them, in a window that is looked at, or where they are pointed at. */

export class Motion {
  #isSeen = $state(false);
  #isPointed = $state(false);
  #isAwake = $state(document.hasFocus());
  readonly #byItself: () => boolean;

  /** `byItself` says whether it may move before somebody points at it. */
  constructor(byItself: () => boolean) {
    this.#byItself = byItself;
  }

  get isOn(): boolean {
    return this.#isPointed || (this.#isSeen && this.#isAwake && this.#byItself());
  }

  readonly watch = (element: Element): (() => void) => {
    const stop = new AbortController();
    const { signal } = stop;
    const seen = new IntersectionObserver((entries) => (this.#isSeen = entries.at(-1)?.isIntersecting === true));
    seen.observe(element);
    window.addEventListener("focus", () => (this.#isAwake = true), { signal });
    window.addEventListener("blur", () => (this.#isAwake = false), { signal });
    for (const name of ["pointerenter", "focusin"]) element.addEventListener(name, () => (this.#isPointed = true), { signal });
    for (const name of ["pointerleave", "focusout"]) element.addEventListener(name, () => (this.#isPointed = false), { signal });
    return () => {
      seen.disconnect();
      stop.abort();
    };
  };
}
