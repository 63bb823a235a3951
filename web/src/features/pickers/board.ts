/** What a soundboard shows: the sounds one marked, then those of the place one is in, then those of others. */
import type { Snowflake, Sound } from "../../wire/types";
import type { Offer } from "./usable";

export interface OnBoard {
  readonly sound: Sound;
  readonly guildId: Snowflake;
}

export interface Board {
  /** Of a server; null for what one marked. */
  readonly guildId: Snowflake | null;
  readonly name: string;
  readonly all: readonly OnBoard[];
}

/** A search looks through each server once. */
export function boards(offers: readonly Offer<Sound>[], marked: readonly Snowflake[], query: string): readonly Board[] {
  const wanted = query.trim().toLowerCase();
  const servers = offers.map(({ guildId, name, all }) => ({
    guildId,
    name,
    all: all.filter((sound) => sound.name.toLowerCase().includes(wanted)).map((sound) => ({ sound, guildId })),
  }));
  const known = servers.flatMap(({ all }) => all);
  const favourites = marked.flatMap((id) => known.find(({ sound }) => sound.sound_id === id) ?? []);
  const own = wanted === "" ? [{ guildId: null, name: "", all: favourites }] : [];
  return [...own, ...servers].filter(({ all }) => all.length > 0);
}
