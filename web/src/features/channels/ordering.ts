/** Channels are put in order: what a move makes of the places of those it touches. */
import type { ChannelPositionInput, Snowflake } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import type { Category } from "./listed";
import { WITH_SOUND } from "./listed";

export type Move = readonly ChannelPositionInput[];

const parentOf = ({ category }: Category): Snowflake | null => category?.id ?? null;
const hasSound = ({ type }: KnownChannel): boolean => WITH_SOUND.has(type);

function groupOf(groups: readonly Category[], channelId: Snowflake): Category | undefined {
  return groups.find(({ channels }) => channels.some(({ id }) => id === channelId));
}

/** The places of channels that stand below one another; `moved` also says where it comes to be. */
function placed(order: readonly KnownChannel[], moved: Snowflake, parent: Snowflake | null): Move {
  return order.map(({ id }, position) => (id === moved ? { id, position, parent_id: parent } : { id, position }));
}

/** Put a channel into a category: beside one that is there, or at the end. Channels with sound stay below the others. */
export function movedChannel(
  groups: readonly Category[],
  channel: KnownChannel,
  parent: Snowflake | null,
  beside?: { readonly id: Snowflake; readonly side: "before" | "after" },
): Move {
  const group = groups.find((one) => parentOf(one) === parent);
  if (group === undefined || beside?.id === channel.id) return [];
  const all = group.channels.map((one) => one.channel).filter(({ id }) => id !== channel.id);
  const alike = all.filter((one) => hasSound(one) === hasSound(channel));
  const at = beside === undefined ? -1 : alike.findIndex(({ id }) => id === beside.id);
  const place = at === -1 ? alike.length : at + (beside?.side === "after" ? 1 : 0);
  return placed(alike.toSpliced(place, 0, channel), channel.id, parent);
}

/** Put a category beside another one. */
export function movedCategory(
  groups: readonly Category[],
  category: Snowflake,
  beside: Snowflake,
  side: "before" | "after",
): Move {
  const all = groups.flatMap((group) => group.category ?? []);
  const taken = all.find(({ id }) => id === category);
  const rest = all.filter(({ id }) => id !== category);
  const at = rest.findIndex(({ id }) => id === beside);
  if (taken === undefined || at === -1) return [];
  return rest.toSpliced(side === "after" ? at + 1 : at, 0, taken).map(({ id }, position) => ({ id, position }));
}

/** One step up or down by keys, over into the next category at the end of one. */
export function steppedChannel(groups: readonly Category[], channel: KnownChannel, step: -1 | 1): Move {
  const group = groupOf(groups, channel.id);
  if (group === undefined) return [];
  const alike = group.channels.map((one) => one.channel).filter((one) => hasSound(one) === hasSound(channel));
  const beside = alike[alike.findIndex(({ id }) => id === channel.id) + step];
  const side = step === 1 ? "after" : "before";
  if (beside !== undefined) return movedChannel(groups, channel, parentOf(group), { id: beside.id, side });
  const next = groups[groups.indexOf(group) + step];
  if (next === undefined) return [];
  const first = step === 1 ? next.channels.find((one) => hasSound(one.channel) === hasSound(channel)) : undefined;
  return movedChannel(groups, channel, parentOf(next), first && { id: first.id, side: "before" });
}

export function steppedCategory(groups: readonly Category[], category: Snowflake, step: -1 | 1): Move {
  const all = groups.flatMap((group) => group.category ?? []);
  const beside = all[all.findIndex(({ id }) => id === category) + step];
  return beside === undefined ? [] : movedCategory(groups, category, beside.id, step === 1 ? "after" : "before");
}
