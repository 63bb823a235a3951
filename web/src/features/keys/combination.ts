/** Keys held together, written as one word: "Ctrl+Shift+U". Ctrl is the command key where there is one. */

export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const MODIFIERS: ReadonlySet<string> = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph"]);
const LATIN = /^[a-z]$/i;
const LETTER_KEY = /^Key([A-Z])$/;

/** Undefined while only modifiers are held. */
export function combination(pressed: Pressed): string | undefined {
  if (MODIFIERS.has(pressed.key)) return undefined;
  const key = keyOf(pressed);
  // Which sign Shift makes differs by keyboard, and is told by the sign itself.
  const isSign = key.length === 1 && !LATIN.test(key);
  const parts = [
    (pressed.ctrlKey || pressed.metaKey) && "Ctrl",
    pressed.altKey && "Alt",
    pressed.shiftKey && !isSign && "Shift",
    key,
  ];
  return parts.filter((part) => part !== false).join("+");
}

/** A letter goes by its place where the keyboard writes other letters there. */
function keyOf({ key, code }: Pressed): string {
  if (LATIN.test(key)) return key.toUpperCase();
  if (key === " ") return "Space";
  return LETTER_KEY.exec(code)?.[1] ?? key;
}

const SHOWN: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  PageUp: "Page ↑",
  PageDown: "Page ↓",
};

const SHOWN_ON_MACS: Readonly<Record<string, string>> = { Ctrl: "⌘", Alt: "⌥", Shift: "⇧" };

/** As keys are lettered, one by one. */
export function lettered(keys: string, isMac: boolean): readonly string[] {
  return keys.split(/\+(?=.)/).map((key) => (isMac ? SHOWN_ON_MACS[key] : undefined) ?? SHOWN[key] ?? key);
}
