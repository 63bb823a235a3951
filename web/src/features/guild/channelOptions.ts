/** The channels of a server to choose one from. */
import type { Snowflake } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import type { World } from "../../world/world";
import { listed } from "../channels/listed";

export interface Option {
  readonly value: string;
  readonly label: string;
}

const optionOf = ({ id, name }: KnownChannel): Option => ({ value: id, label: `#${name ?? ""}` });

/** Of these kinds, or of all. */
export function channelChoices(world: World, guildId: Snowflake, kinds?: ReadonlySet<number>): readonly Option[] {
  const found = listed(world, guildId).flatMap(({ channels }) => channels.map(({ channel }) => channel));
  return found.filter(({ type }) => kinds?.has(type) ?? true).map(optionOf);
}

/** Channels and, each before what is in it, whole categories. */
export function placeChoices(world: World, guildId: Snowflake): readonly Option[] {
  return listed(world, guildId).flatMap(({ category, channels }) => [
    ...(category === null ? [] : [{ value: category.id, label: category.name ?? "" }]),
    ...channels.map(({ channel }) => optionOf(channel)),
  ]);
}

/** First the choice of none, whose value is empty. */
export function channelOptions(world: World, guildId: Snowflake, none: string, kinds?: ReadonlySet<number>): readonly Option[] {
  return [{ value: "", label: none }, ...channelChoices(world, guildId, kinds)];
}
