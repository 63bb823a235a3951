/** Keys that somebody presses while what they are meant for is still being fetched: it is given them once it is there. */

export class TypedAhead {
  /** Esc was pressed: it is not wanted any more. */
  isLeft = false;
  readonly #keys: string[] = [];

  constructor() {
    addEventListener("keydown", this.#keep, true);
    addEventListener("pointerdown", this.stop, true);
  }

  /** What is pressed from now on goes where the focus is. */
  readonly stop = (): void => {
    removeEventListener("keydown", this.#keep, true);
    removeEventListener("pointerdown", this.stop, true);
  };

  /** To what has the focus by now. */
  give(): void {
    for (const key of this.#keys) {
      // Old, and the only way to type that the browser's undo takes notice of.
      // oxlint-disable-next-line typescript/no-deprecated
      if (key.length === 1) document.execCommand("insertText", false, key);
      else document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
  }

  readonly #keep = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    // The key that opened it may still be held down.
    if (event.repeat) return;
    if (event.key === "Escape") this.isLeft = true;
    else this.#keys.push(event.key);
  };
}
