/** What a drawing of the icon set is. Whoever needs one imports it by its name from "lucide": `import { Hash } from "lucide"`. */
import { ChevronLeft, ChevronRight, CornerDownLeft, Forward, LogOut, Reply, type IconNode } from "lucide";

export type Drawing = IconNode;

/** Those that point along the line: mirrored where people write from right to left. */
export const TURNING: ReadonlySet<Drawing> = new Set([ChevronLeft, ChevronRight, CornerDownLeft, Forward, LogOut, Reply]);
