/** The channels of a server to choose one from. */
import type { Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import { CATEGORY, listed } from "../channels/listed";

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** Of these kinds, or of all. */
export function channelChoices(world: World, guildId: Snowflake, kinds?: ReadonlySet<number>): readonly Option[] {
  const found = listed(world, guildId).flatMap(({ channels }) => channels.map(({ channel }) => channel));
  const shown = found.filter(({ type }) => (kinds?.has(type) ?? true) && type !== CATEGORY);
  return shown.map(({ id, name }) => ({ value: id, label: `#${name ?? ""}` }));
}

/** First the choice of none, whose value is empty. */
export function channelOptions(world: World, guildId: Snowflake, none: string, kinds?: ReadonlySet<number>): readonly Option[] {
  return [{ value: "", label: none }, ...channelChoices(world, guildId, kinds)];
}
