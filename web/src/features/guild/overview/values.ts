/** What can be changed of a server on its first page. */
import type { ModifyGuildInput } from "../../../wire/types";
import type { KnownGuild } from "../../../world/guilds";

const NAMES = [
  "name",
  "description",
  "icon",
  "banner",
  "system_channel_id",
  "system_channel_flags",
  "default_message_notifications",
  "verification_level",
  "explicit_content_filter",
  "afk_channel_id",
  "afk_timeout",
] as const;

/** Pictures are hashes until they are changed, then data URLs. */
export type GuildValues = Required<Pick<ModifyGuildInput, (typeof NAMES)[number]>>;

export function valuesOf(guild: KnownGuild | undefined): GuildValues {
  return Object.fromEntries(NAMES.map((name) => [name, guild?.[name]])) as unknown as GuildValues;
}

/** Bits of what the server says by itself where people arrive; set means silent. */
export const SILENT = { joins: 1 << 0, boosts: 1 << 1, tips: 1 << 2, stickers: 1 << 3 } as const;
