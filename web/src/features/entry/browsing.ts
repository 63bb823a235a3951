/** Which channels of a server somebody sees in its list: all, or those they chose. */
import type { ModifyUserGuildSettingsInput, Snowflake } from "../../wire/types";
import { CHOSEN, ONLY_CHOSEN } from "../../world/notifications";

/** Discord's word for having said that all are to be shown. */
const ALL = 1 << 13;

/** One's settings of a server, as far as they are about this. */
interface Own {
  readonly flags: number;
  readonly channel_overrides: readonly { readonly channel_id: Snowflake; readonly flags: number }[];
}

export interface Group {
  /** Null for the channels above all categories. */
  readonly category: Snowflake | null;
  readonly ids: readonly Snowflake[];
}

export const NOTHING_SAID: Own = { flags: 0, channel_overrides: [] };

export function showsAll({ flags }: Own): boolean {
  return (flags & ONLY_CHOSEN) === 0;
}

/** Show everything again; what was chosen is not forgotten. */
export function withAll(own: Own): ModifyUserGuildSettingsInput {
  return { flags: (own.flags & ~ONLY_CHOSEN) | ALL };
}

/** Show only what was chosen; where that was nothing, nothing goes away yet. */
export function withChosen(own: Own, groups: readonly Group[]): ModifyUserGuildSettingsInput {
  const some = chosenOf(own, groups);
  return become(own, groups, some.size === 0 ? new Set(groups.flatMap(({ ids }) => ids)) : some);
}

/** Show some of them or leave them out; where all were shown, the others stay. */
export function withSome(own: Own, groups: readonly Group[], ids: readonly Snowflake[], on: boolean): ModifyUserGuildSettingsInput {
  const shown = showsAll(own) ? new Set(groups.flatMap((group) => group.ids)) : chosenOf(own, groups);
  for (const id of ids) if (on) shown.add(id); else shown.delete(id);
  return become(own, groups, shown);
}

/** Those that were chosen, alone or with their category. */
function chosenOf(own: Own, groups: readonly Group[]): Set<Snowflake> {
  return new Set(groups.flatMap(({ category, ids }) => (category !== null && isChosen(own, category) ? ids : ids.filter((id) => isChosen(own, id)))));
}

/** Only what differs is said; a category that was chosen as a whole is so channel by channel from then on. */
function become(own: Own, groups: readonly Group[], shown: ReadonlySet<Snowflake>): ModifyUserGuildSettingsInput {
  const wanted = groups.flatMap(({ category, ids }) => [...(category === null ? [] : [{ id: category, on: false }]), ...ids.map((id) => ({ id, on: shown.has(id) }))]);
  const differing = wanted.filter(({ id, on }) => isChosen(own, id) !== on);
  const channel_overrides = Object.fromEntries(differing.map(({ id, on }) => [id, { flags: on ? flagsOf(own, id) | CHOSEN : flagsOf(own, id) & ~CHOSEN }]));
  return { flags: (own.flags & ~ALL) | ONLY_CHOSEN, channel_overrides };
}

function isChosen(own: Own, id: Snowflake): boolean {
  return (flagsOf(own, id) & CHOSEN) !== 0;
}

function flagsOf({ channel_overrides }: Own, id: Snowflake): number {
  return channel_overrides.find(({ channel_id }) => channel_id === id)?.flags ?? 0;
}
