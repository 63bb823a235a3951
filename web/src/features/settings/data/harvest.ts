/** How far a copy of somebody's data is. */
import type { Harvest } from "../../../wire/types";

export type HarvestState = "none" | "under way" | "ready" | "failed";

const QUEUED = 0;
const RUNNING = 1;

export function stateOf(harvest: Pick<Harvest, "status" | "download_url" | "completed_at"> | null): HarvestState {
  if (harvest === null) return "none";
  if (harvest.status === QUEUED || harvest.status === RUNNING) return "under way";
  if (harvest.download_url !== null) return "ready";
  return harvest.completed_at === null ? "failed" : "none";
}

/** By kinds of data; one that is gone through now counts half. */
export function shareDone({ backends }: Pick<Harvest, "backends">): number {
  const states = Object.values(backends);
  const done = states.reduce((sum, state) => sum + (state === "EXTRACTED" ? 1 : state === "RUNNING" ? 0.5 : 0), 0);
  return states.length === 0 ? 0 : done / states.length;
}
