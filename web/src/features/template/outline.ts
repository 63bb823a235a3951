/** What a template holds, as it will stand in the list: channels without a category first, then each category with its own; those with sound below the others. */
import type { PatternChannel } from "../../wire/types";
import { CATEGORY, WITH_SOUND } from "../channels/listed";

export function outline(channels: readonly PatternChannel[]): readonly PatternChannel[] {
  const isHeard = ({ type }: PatternChannel) => Number(WITH_SOUND.has(type));
  const sorted = channels.toSorted((one, other) => isHeard(one) - isHeard(other) || one.position - other.position);
  const categories = sorted.filter(({ type }) => type === CATEGORY);
  const within = (id: string | null) => sorted.filter(({ type, parent_id }) => type !== CATEGORY && parent_id === id);
  return [...within(null), ...categories.flatMap((category) => [category, ...within(category.id.toString())])];
}
