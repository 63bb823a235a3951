/** The way of moving something that needs no dragging. */
import { ArrowDown, ArrowUp } from "lucide";
import type { Entry } from "../../ui/layers.svelte";
import type { App } from "../app";

export function movesOf({ speech: { say } }: Pick<App, "speech">, step: (by: -1 | 1) => void): readonly Entry[] {
  return [
    { label: say("rail.up"), icon: ArrowUp, shortcut: "Alt ↑", run: () => step(-1) },
    { label: say("rail.down"), icon: ArrowDown, shortcut: "Alt ↓", run: () => step(1) },
  ];
}
