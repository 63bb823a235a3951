/** The entries of a menu as they are shown: no rule at an end, none beside another, one before the first danger. */
import type { Entry } from "./layers.svelte";

/** Groups of entries with a rule between; what cannot be chosen here is left out. */
export function grouped(parts: readonly (readonly (Entry | false)[])[]): readonly Entry[] {
  return tidy(parts.flatMap((part): readonly Entry[] => ["line", ...part.filter((entry) => entry !== false)]));
}

export function tidy(entries: readonly Entry[]): readonly Entry[] {
  const shown: Entry[] = [];
  for (const entry of entries) {
    const last = shown.at(-1);
    if (entry === "line") {
      if (last !== undefined && last !== "line") shown.push(entry);
    } else {
      if (entry.danger && last !== undefined && last !== "line" && !last.danger) shown.push("line");
      shown.push(entry);
    }
  }
  return shown.at(-1) === "line" ? shown.slice(0, -1) : shown;
}
