/** Searches that are kept on the server, back in the words of the search field. */
import type { SavedSearch, Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";
import { nameOf, titleOf } from "../people/names";
import { AUTHORS, HAS, type Filter } from "./filters";
import type { Past } from "./history";

type Say = App["speech"]["say"];

const isOne = <Value extends string>(all: readonly Value[], value: string): value is Value => (all as readonly string[]).includes(value);

export function restored({ query, channel_id, guild_id }: SavedSearch, world: World, say: Say): Past {
  const person = (kind: "from" | "mentions") => (value: Snowflake): Filter => ({ kind, value, label: nameOf(world, value, guild_id) || value });
  const channel = world.channels.byId.get(channel_id ?? "");
  return {
    text: query.content ?? "",
    filters: [
      ...query.author_id.map(person("from")),
      ...query.mentions.map(person("mentions")),
      ...query.has.flatMap((value): Filter[] => (isOne(HAS, value) ? [{ kind: "has", value, label: say(`search.has.${value}`) }] : [])),
      ...query.author_type.flatMap((value): Filter[] => (isOne(AUTHORS, value) ? [{ kind: "author_type", value, label: say(`search.author.${value}`) }] : [])),
      ...(query.pinned === null ? [] : [{ kind: "pinned", value: String(query.pinned), label: say(query.pinned ? "search.yes" : "search.no") } as const]),
      ...(channel?.guild_id === undefined ? [] : [{ kind: "in", value: channel.id, label: titleOf(world, channel) } as const]),
    ],
  };
}

/** Where a kept search looks; undefined for everywhere. */
export function placeOfSaved({ guild_id, channel_id }: SavedSearch, world: World): { guildId: Snowflake | null; channelId: Snowflake | null } | undefined {
  if (guild_id === null && channel_id === null) return undefined;
  const channel = world.channels.byId.get(channel_id ?? "");
  return { guildId: guild_id ?? channel?.guild_id ?? null, channelId: channel_id };
}
