/** How a message goes: aloud or in silence, with previews of its links or without. */
import type { Chosen } from "../../store/preferences.svelte";

/** Written before a message that calls nobody. */
export const SILENT = /^@silent(?:\s+|$)/;
const LINK = /https?:\/\/\S/i;
const SUPPRESS_EMBEDS = 1 << 2;
const SUPPRESS_NOTIFICATIONS = 1 << 12;

export function flagsOf(text: string, { bareLinks }: Pick<Chosen, "bareLinks">): number {
  const previews = bareLinks && LINK.test(text) ? SUPPRESS_EMBEDS : 0;
  return (SILENT.test(text) ? SUPPRESS_NOTIFICATIONS : 0) | previews;
}
