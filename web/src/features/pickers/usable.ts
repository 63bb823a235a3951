/** Which of the servers' own emojis and stickers one may use somewhere. */
import { has } from "../../permissions/permissions";
import type { Emoji, Snowflake, Sound, Sticker } from "../../wire/types";
import type { World } from "../../world/world";

export interface Offer<One> {
  readonly guildId: Snowflake;
  readonly name: string;
  readonly all: readonly One[];
}

/** Those of the place one is in come first; those of other places where that is allowed. */
function offered<One>(world: World, channelId: Snowflake | null, right: "USE_EXTERNAL_EMOJIS" | "USE_EXTERNAL_STICKERS" | "USE_EXTERNAL_SOUNDS", of: (guildId: Snowflake) => readonly One[]): readonly Offer<One>[] {
  const here = channelId === null ? undefined : world.guildOf(channelId);
  const isOpen = here === undefined || (channelId !== null && has(world.permissions(channelId), right));
  const guilds = [...world.guilds.byId.entries()].filter(([id]) => id === here || isOpen);
  const sorted = guilds.sort(([one], [other]) => Number(other === here) - Number(one === here));
  return sorted.map(([guildId, { name }]) => ({ guildId, name, all: of(guildId) })).filter(({ all }) => all.length > 0);
}

export function usableEmojis(world: World, channelId: Snowflake | null): readonly Offer<Emoji>[] {
  return offered(world, channelId, "USE_EXTERNAL_EMOJIS", (guildId) => {
    const me = world.people.me;
    const mine = me === null ? [] : (world.people.member(guildId, me)?.roles ?? []);
    const isMine = ({ roles, available }: Emoji) => available && (roles.length === 0 || roles.some((id) => mine.includes(id)));
    return world.expressions.of(guildId).emojis.filter(isMine);
  });
}

export function usableStickers(world: World, channelId: Snowflake): readonly Offer<Sticker>[] {
  return offered(world, channelId, "USE_EXTERNAL_STICKERS", (guildId) =>
    world.expressions.of(guildId).stickers.filter(({ available }) => available),
  );
}

export function usableSounds(world: World, channelId: Snowflake): readonly Offer<Sound>[] {
  return offered(world, channelId, "USE_EXTERNAL_SOUNDS", (guildId) =>
    world.expressions.of(guildId).sounds.filter(({ available }) => available),
  );
}
