/** Rows of a list that change places. */
import type { Side } from "./dragging.svelte";

/** One of them beside another. */
export function beside(ids: readonly string[], id: string, target: string, side: Exclude<Side, "into">): readonly string[] {
  const rest = ids.filter((one) => one !== id);
  const place = rest.indexOf(target) + (side === "after" ? 1 : 0);
  return [...rest.slice(0, place), id, ...rest.slice(place)];
}

/** One of them one place up or down; undefined at an end, and where something stands that may not be moved. */
export function stepped(ids: readonly string[], id: string, by: -1 | 1, isFree: (id: string) => boolean): readonly string[] | undefined {
  const neighbour = ids[ids.indexOf(id) + by];
  if (neighbour === undefined || !isFree(id) || !isFree(neighbour)) return undefined;
  return beside(ids, id, neighbour, by === 1 ? "after" : "before");
}
