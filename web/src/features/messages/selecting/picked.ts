/** Which messages are picked out of a list: one by one, or all from one to another. */
import type { Snowflake } from "../../../wire/types";

export interface Picked {
  readonly ids: ReadonlySet<Snowflake>;
  /** Where a range begins: the one that was picked or let go last. */
  readonly anchor: Snowflake | null;
  /** What is picked whatever becomes of the range. */
  readonly base: ReadonlySet<Snowflake>;
}

const NOBODY: ReadonlySet<Snowflake> = new Set();

export const NONE: Picked = { ids: NOBODY, anchor: null, base: NOBODY };

export function toggle({ ids }: Picked, id: Snowflake): Picked {
  const now = ids.has(id) ? without(ids, [id]) : new Set([...ids, id]);
  return { ids: now, anchor: id, base: now };
}

/** All from the anchor to this one; what an earlier range had beyond it is let go. */
export function extend(picked: Picked, order: readonly Snowflake[], id: Snowflake): Picked {
  const { anchor, base } = picked;
  if (anchor === null || !order.includes(anchor) || !order.includes(id)) return toggle({ ...picked, ids: without(picked.ids, [id]) }, id);
  const [from, to] = [order.indexOf(anchor), order.indexOf(id)];
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...base, ...range]), anchor, base };
}

/** Without those that are no longer there. */
export function drop({ ids, anchor, base }: Picked, gone: readonly Snowflake[]): Picked {
  const isGone = anchor !== null && gone.includes(anchor);
  return { ids: without(ids, gone), anchor: isGone ? null : anchor, base: without(base, gone) };
}

/** Where one is once what is picked is gone: at the next that stays, or at the one before. */
export function staying(order: readonly Snowflake[], ids: ReadonlySet<Snowflake>): Snowflake | undefined {
  const first = order.findIndex((id) => ids.has(id));
  const stays = (id: Snowflake) => !ids.has(id);
  return order.slice(Math.max(first, 0)).find(stays) ?? order.slice(0, Math.max(first, 0)).findLast(stays);
}

function without(ids: ReadonlySet<Snowflake>, gone: readonly Snowflake[]): ReadonlySet<Snowflake> {
  return new Set([...ids].filter((id) => !gone.includes(id)));
}
