/** What somebody wants to be told of, by guild and by channel. */
import type { AllUserGuildSettings, ChannelOverride, NotificationSettings, Snowflake, StoredUserGuildSettings, UserGuildSettings } from "../wire/types";
import { isOver, muteOf, type Mute, type Muted } from "./mutes";
import { sorted, type Applies, type Part } from "./parts";
import { Table } from "./table";

export const ALL = 0;
export const MENTIONS = 1;
export const NOTHING = 2;
export const AS_ABOVE = 3;

/** Of the settings of a server: only the channels one chose are shown. */
export const ONLY_CHOSEN = 1 << 14;
/** Of the settings of a channel, or of a category with all that is in it: it is one of them. */
export const CHOSEN = 1 << 12;

const ONE = "";
const NEVER: NotificationSettings = { flags: 0, quiet_hours: null, keywords: [] };

type Settings = UserGuildSettings | StoredUserGuildSettings;

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

  guildMute(guildId: Snowflake, now: Date): Mute | undefined {
    return muteOf(this.byGuild.get(guildId), now);
  }

  channelMute(guildId: Snowflake | undefined, channelId: Snowflake, now: Date): Mute | undefined {
    return muteOf(this.override(guildId, channelId), now);
  }

  /** All that may be muted. */
  get mutes(): readonly Muted[] {
    return [...this.byGuild.values()].flatMap((one) => [one, ...one.channel_overrides]);
  }

  /** Who reads of a mute that is over reads it again. */
  wake(now: Date): void {
    for (const [id, one] of this.byGuild.entries()) {
      if ([one, ...one.channel_overrides].some((it) => isOver(it, now))) this.byGuild.set(id, { ...one });
    }
  }

  /** Whether only what one chose is shown, and none of these is that. */
  leavesOut(guildId: Snowflake, ...ids: readonly (Snowflake | null | undefined)[]): boolean {
    const own = this.byGuild.get(guildId);
    if (own === undefined || (own.flags & ONLY_CHOSEN) === 0) return false;
    return !own.channel_overrides.some(({ channel_id, flags }) => ids.includes(channel_id) && (flags & CHOSEN) !== 0);
  }

  snapshot(): unknown {
    return { everywhere: this.everywhere, guilds: sorted(this.byGuild.entries()) };
  }
}
