/** What was searched for last on this device. */
import type { Keep } from "../../store/session.svelte";
import { isEmpty, KINDS, type Filter, type Wanted } from "./filters";

export type Past = Pick<Wanted, "text" | "filters">;

const KEY = "rift.searches";
const MOST = 10;

const isFilter = (one: unknown): one is Filter =>
  typeof one === "object" && one !== null && "kind" in one && "value" in one && "label" in one && (KINDS as readonly unknown[]).includes(one.kind);

const isPast = (one: unknown): one is Past =>
  typeof one === "object" && one !== null && "text" in one && typeof one.text === "string" && "filters" in one && Array.isArray(one.filters) && one.filters.every(isFilter);

/** What cannot be read any more is as good as never searched. */
export function past(keep: Keep): readonly Past[] {
  try {
    const kept: unknown = JSON.parse(keep.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isPast) : [];
  } catch (problem) {
    if (problem instanceof SyntaxError) return [];
    throw problem;
  }
}

const spelled = ({ text, filters }: Past) => JSON.stringify([text, filters.map(({ kind, value }) => [kind, value])]);

export function remember(keep: Keep, { text, filters }: Past): void {
  const now = { text: text.trim(), filters };
  if (isEmpty(now)) return;
  const rest = past(keep).filter((one) => spelled(one) !== spelled(now));
  keep.setItem(KEY, JSON.stringify([now, ...rest].slice(0, MOST)));
}

export function forget(keep: Keep): void {
  keep.removeItem(KEY);
}
