/** What somebody wants to be told of, by guild and by channel. */
import type { AllUserGuildSettings, ChannelOverride, NotificationSettings, Snowflake, StoredUserGuildSettings, UserGuildSettings } from "../wire/types";
import { sorted, type Applies, type Part } from "./parts";
import { Table } from "./table";

export const ALL = 0;
export const MENTIONS = 1;
export const NOTHING = 2;
export const AS_ABOVE = 3;

const ONE = "";
const NEVER: NotificationSettings = { flags: 0, quiet_hours: null, keywords: [] };

type Settings = UserGuildSettings | StoredUserGuildSettings;

function isInForce(muted: boolean, config: Settings["mute_config"], now: Date): boolean {
  const until = config?.end_time;
  return muted && (until === null || until === undefined || new Date(until) > now);
}

export class Notifications implements Part {
  /** The settings for private channels are under the empty id. */
  readonly byGuild = new Table<Settings>();

  readonly #everywhere = new Table<NotificationSettings>();

  readonly tables = { byGuild: this.byGuild, everywhere: this.#everywhere };

  readonly on: Applies = {
    READY: ({ user_guild_settings: given, notification_settings }) => {
      this.#everywhere.set(ONE, notification_settings);
      const entries = Array.isArray(given) ? (given as readonly Settings[]) : (given as AllUserGuildSettings).entries;
      this.byGuild.become(entries.map((one) => [one.guild_id ?? "", one] as const));
    },
    NOTIFICATION_SETTINGS_UPDATE: (all) => this.#everywhere.set(ONE, all),
    USER_GUILD_SETTINGS_UPDATE: (one) => this.byGuild.set(one.guild_id ?? "", one),
    GUILD_DELETE: ({ id, unavailable }) => {
      if (unavailable !== true) this.byGuild.delete(id);
    },
  };

  /** What holds wherever a message was written. */
  get everywhere(): NotificationSettings {
    return this.#everywhere.get(ONE) ?? NEVER;
  }

  override(guildId: Snowflake | undefined, channelId: Snowflake): ChannelOverride | undefined {
    return this.byGuild.get(guildId ?? "")?.channel_overrides.find((one) => one.channel_id === channelId);
  }

  isGuildMuted(guildId: Snowflake, now: Date): boolean {
    const settings = this.byGuild.get(guildId);
    return settings !== undefined && isInForce(settings.muted, settings.mute_config, now);
  }

  /** The channel's own setting; the one of its category counts where it has none. */
  isChannelMuted(guildId: Snowflake | undefined, channelId: Snowflake, parentId: Snowflake | null, now: Date): boolean {
    const found = [channelId, ...(parentId === null ? [] : [parentId])].map((id) => this.override(guildId, id));
    return found.some((one) => one !== undefined && isInForce(one.muted, one.mute_config, now));
  }

  snapshot(): unknown {
    return { everywhere: this.everywhere, guilds: sorted(this.byGuild.entries()) };
  }
}
