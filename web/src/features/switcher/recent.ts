/** Which channels were open last on this device, the last one first. */
import type { Keep } from "../../store/session.svelte";
import type { Snowflake } from "../../wire/types";

const KEY = "rift.visited";
const MOST = 20;

export function visited(keep: Keep): readonly Snowflake[] {
  return (keep.getItem(KEY) ?? "").split(",").filter(Boolean);
}

export function visit(keep: Keep, channelId: Snowflake): void {
  const rest = visited(keep).filter((id) => id !== channelId);
  keep.setItem(KEY, [channelId, ...rest].slice(0, MOST).join(","));
}
