/** Whoever types or pastes while nothing else takes it means the text. */

const TAKES_TEXT = "input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=grid]";

function isFree(event: Event): boolean {
  const { activeElement } = document;
  return !event.defaultPrevented && (activeElement === null || activeElement.closest(TAKES_TEXT) === null);
}

/** Whether a key is a letter that belongs to nobody. A blank presses buttons. */
export function isLooseLetter(event: KeyboardEvent): boolean {
  const isLetter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  return isLetter && isFree(event);
}

export function isLoosePaste(event: ClipboardEvent): boolean {
  return isFree(event);
}
