/** Where a message can be forwarded to: channels one may write in, and people one talks to. */
import { has } from "../../permissions/permissions";
import type { Snowflake } from "../../wire/types";
import { byAge } from "../../world/ids";
import type { KnownChannel } from "../../world/channels";
import type { World } from "../../world/world";
import { listed } from "../channels/listed";
import { latestIn } from "../directs/listed";
import { titleOf } from "../people/names";

export interface Destination {
  readonly id: Snowflake;
  readonly channel: KnownChannel;
  readonly name: string;
  /** The server it is in; nothing for private ones. */
  readonly place: string;
}

const MOST = 40;

function all(world: World): readonly Destination[] {
  const own = [...world.channels.of("")]
    .flatMap((id) => world.channels.byId.get(id) ?? [])
    .sort((one, other) => byAge(latestIn(world, other.id), latestIn(world, one.id)))
    .map((channel) => ({ id: channel.id, channel, name: titleOf(world, channel), place: "" }));
  const guilds = [...world.guilds.byId.values()].flatMap((guild) =>
    listed(world, guild.id)
      .flatMap(({ channels }) => channels)
      .filter(({ id, isTalk }) => isTalk && has(world.permissions(id), "SEND_MESSAGES"))
      .map(({ id, channel }) => ({ id, channel, name: channel.name ?? "", place: guild.name })),
  );
  return [...own, ...guilds];
}

/** Those whose name or server has every word of what is looked for. */
export function destinations(world: World, looked: string): readonly Destination[] {
  const words = looked.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ name, place }: Destination) => words.every((word) => `${name} ${place}`.toLocaleLowerCase().includes(word));
  return all(world).filter(fits).slice(0, MOST);
}
