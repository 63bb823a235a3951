/** The ways of moving something in a list that need no dragging: entries of a menu, and keys. */
import { ArrowDown, ArrowUp } from "lucide";
import type { Entry } from "../ui/layers.svelte";
import type { App } from "./app";

export type Step = (by: -1 | 1) => void;

export const MOVING_KEYS = "Control+Shift+ArrowUp Control+Shift+ArrowDown";

export function movesOf({ speech: { say } }: Pick<App, "speech">, step: Step, can: (by: -1 | 1) => boolean = () => true): readonly Entry[] {
  const up: Entry = { label: say("rail.up"), icon: ArrowUp, shortcut: "Ctrl ⇧ ↑", run: () => step(-1) };
  const down: Entry = { label: say("rail.down"), icon: ArrowDown, shortcut: "Ctrl ⇧ ↓", run: () => step(1) };
  return [...(can(-1) ? [up] : []), ...(can(1) ? [down] : [])];
}

/** Ctrl, Shift and an arrow move what has the focus. */
export function moveByKey(event: KeyboardEvent, step: Step): void {
  if (!event.ctrlKey || !event.shiftKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  event.preventDefault();
  event.stopPropagation();
  step(event.key === "ArrowUp" ? -1 : 1);
}
