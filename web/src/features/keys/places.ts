/** Where the keys lead that go through channels and servers. */
import type { Snowflake } from "../../wire/types";
import { byAge } from "../../world/ids";
import type { World } from "../../world/world";
import { listed } from "../channels/listed";
import { latestIn } from "../directs/listed";
import { arrangementOf } from "../rail/rail";

export type Step = 1 | -1;

/** The channels one can talk in, from top to bottom; of private ones the last talked in first. */
export function channelsOf(world: World, guildId: Snowflake | null): readonly Snowflake[] {
  if (guildId !== null) {
    return listed(world, guildId)
      .flatMap(({ channels }) => channels)
      .filter(({ isTalk }) => isTalk)
      .map(({ id }) => id);
  }
  return [...world.channels.of("")].sort((one, other) => byAge(latestIn(world, other), latestIn(world, one)));
}

/** The next one in that direction that will do, around the end. */
export function next<Id>(all: readonly Id[], from: Id | null, step: Step, willDo: (id: Id) => boolean = () => true): Id | undefined {
  const at = from === null ? -1 : all.indexOf(from);
  const start = at === -1 && step === -1 ? 0 : at;
  const around = all.map((_, n) => all.at((start + step * (n + 1) + all.length * 2) % all.length) as Id);
  return around.find((id) => id !== from && willDo(id));
}

export function serversOf(world: World): readonly Snowflake[] {
  return arrangementOf(world).flatMap(({ guild_ids }) => guild_ids);
}
