/** What a guild has of its own to say things with: emojis, stickers and sounds. */
import type { Emoji, Snowflake, Sound, Sticker } from "../wire/types";
import { sorted, without, type Applies, type Part } from "./parts";
import { Table } from "./table";

export interface Expressions {
  readonly emojis: readonly Emoji[];
  readonly stickers: readonly Sticker[];
  readonly sounds: readonly Sound[];
}

const NONE: Expressions = { emojis: [], stickers: [], sounds: [] };

interface Whole {
  readonly emojis: readonly Emoji[];
  readonly stickers: readonly Sticker[];
  readonly soundboard_sounds: readonly Sound[];
}

/** A guild's sound as every way of getting it tells it. */
const plain = (sound: Sound): Sound => without(sound, ["guild_id"]);

function known({ emojis, stickers, soundboard_sounds }: Whole): Expressions {
  return { emojis, stickers, sounds: soundboard_sounds.map(plain) };
}

export class ExpressionsOfGuilds implements Part {
  readonly byGuild = new Table<Expressions>();

  readonly tables = { byGuild: this.byGuild };

  readonly on: Applies = {
    READY: ({ guilds }) => this.byGuild.become(guilds.map((guild) => [guild.id, known(guild)] as const)),
    GUILD_CREATE: (guild) => this.byGuild.set(guild.id, known(guild)),
    GUILD_DELETE: ({ id, unavailable }) => {
      if (unavailable !== true) this.byGuild.delete(id);
    },
    GUILD_EMOJIS_UPDATE: ({ guild_id, emojis }) => this.#change(guild_id, { emojis }),
    GUILD_STICKERS_UPDATE: ({ guild_id, stickers }) => this.#change(guild_id, { stickers }),
    SOUNDBOARD_SOUNDS: ({ guild_id, soundboard_sounds }) =>
      this.#change(guild_id, { sounds: soundboard_sounds.map(plain) }),
    GUILD_SOUNDBOARD_SOUNDS_UPDATE: ({ guild_id, soundboard_sounds }) => {
      for (const sound of soundboard_sounds) this.#put(guild_id, sound);
    },
    GUILD_SOUNDBOARD_SOUND_CREATE: (sound) => this.#put(sound.guild_id, sound),
    GUILD_SOUNDBOARD_SOUND_UPDATE: (sound) => this.#put(sound.guild_id, sound),
    GUILD_SOUNDBOARD_SOUND_DELETE: ({ guild_id, sound_id }) =>
      this.#sounds(guild_id, (all) => all.filter((one) => one.sound_id !== sound_id)),
  };

  of(guildId: Snowflake): Expressions {
    return this.byGuild.get(guildId) ?? NONE;
  }

  snapshot(): unknown {
    return sorted(
      [...this.byGuild.entries()].map(([id, { emojis, stickers, sounds }]) => [
        id,
        { emojis: byId(emojis), stickers: byId(stickers), sounds: byId(sounds) },
      ]),
    );
  }

  #change(guildId: Snowflake, next: Partial<Expressions>): void {
    this.byGuild.change(guildId, (before) => ({ ...before, ...next }));
  }

  #sounds(guildId: Snowflake, next: (all: readonly Sound[]) => readonly Sound[]): void {
    this.byGuild.change(guildId, (before) => ({ ...before, sounds: next(before.sounds) }));
  }

  #put(guildId: Snowflake | undefined, sound: Sound): void {
    if (guildId === undefined) return;
    this.#sounds(guildId, (all) => [...all.filter((one) => one.sound_id !== sound.sound_id), plain(sound)]);
  }
}

function byId(all: readonly (Emoji | Sticker | Sound)[]): unknown {
  return sorted(all.map((one) => ["sound_id" in one ? one.sound_id : one.id, one] as const));
}
