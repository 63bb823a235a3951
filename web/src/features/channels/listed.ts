/** The channels of a server as they stand in its list: first those of no category, then category after category. */
import type { Snowflake } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import type { World } from "../../world/world";

export const TEXT = 0;
export const VOICE = 2;
export const CATEGORY = 4;
export const ANNOUNCEMENT = 5;
export const STAGE = 13;
export const FORUM = 15;
export const MEDIA = 16;

export const WITH_SOUND: ReadonlySet<number> = new Set([VOICE, STAGE]);
const TO_TALK: ReadonlySet<number> = new Set([TEXT, ANNOUNCEMENT]);

/** Whether people may talk in threads below its messages. */
export function holdsThreads({ type }: Pick<KnownChannel, "type">): boolean {
  return TO_TALK.has(type);
}

export interface Listed {
  readonly id: Snowflake;
  readonly channel: KnownChannel;
  /** Whether it is one to write in. */
  readonly isTalk: boolean;
}

export interface Category {
  /** Null for the channels above all categories. */
  readonly category: KnownChannel | null;
  readonly channels: readonly Listed[];
}

/** By place, those with sound below the others, and the older one first among equals. */
function before(one: KnownChannel, other: KnownChannel): number {
  const sound = Number(WITH_SOUND.has(one.type)) - Number(WITH_SOUND.has(other.type));
  return sound || (one.position ?? 0) - (other.position ?? 0) || (BigInt(one.id) < BigInt(other.id) ? -1 : 1);
}

function entry(channel: KnownChannel): Listed {
  return { id: channel.id, channel, isTalk: TO_TALK.has(channel.type) };
}

/** Those that one has chosen, or is called in; and the one that is open, or has the thread that is. */
export function chosen(world: World, groups: readonly Category[], open: Snowflake | null): readonly Category[] {
  const above = world.channels.byId.get(open ?? "")?.parent_id;
  const isShown = ({ id }: Listed) => !world.isHidden(id) || id === open || id === above || world.readings.of(id).mention_count > 0;
  const left = groups.map(({ category, channels }) => ({ category, channels: channels.filter(isShown), isEmpty: channels.length === 0 }));
  return left.filter(({ category, channels, isEmpty }) => category === null || isEmpty || channels.length > 0);
}

/** What one may open; a category is there for its channels, or for who may fill it. */
export function listed(world: World, guildId: Snowflake): readonly Category[] {
  const ids = [...world.channels.of(guildId)];
  const all = ids.flatMap((id) => world.channels.byId.get(id) ?? []).sort(before);
  const open = all.filter((channel) => channel.type === CATEGORY || world.isOpen(channel.id));
  const categories = open.filter(({ type }) => type === CATEGORY);
  const known = new Set(categories.map(({ id }) => id));
  const of = (parent: Snowflake | null) =>
    open
      .filter(({ type, parent_id }) => type !== CATEGORY && (known.has(parent_id ?? "") ? parent_id : null) === parent)
      .map(entry);
  const rest = categories.map((category) => ({ category, channels: of(category.id) }));
  const shown = rest.filter(({ category, channels }) => channels.length > 0 || world.mayFill(category.id));
  return [{ category: null, channels: of(null) }, ...shown];
}
