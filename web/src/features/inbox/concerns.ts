/** What concerns the reader beside messages: who asks something of them, who became a friend, and what did not go out. */
import type { ScheduledMessage, Snowflake } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import { momentOf } from "../../world/ids";
import { FRIEND, INCOMING } from "../../world/relationships";
import type { World } from "../../world/world";
import { latestIn, requests } from "../directs/listed";

const LATELY_MS = 7 * 24 * 3_600_000;

interface Common {
  readonly key: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

export type Concern = Common &
  (
    | { readonly kind: "request" | "friend"; readonly userId: Snowflake }
    | { readonly kind: "stranger"; readonly channel: KnownChannel }
    | { readonly kind: "unsent"; readonly message: ScheduledMessage }
  );

/** The newest first. */
export function concernsOf(world: World, unsent: readonly ScheduledMessage[], now: number): readonly Concern[] {
  return [...people(world, now), ...strangers(world), ...unsent.map(ofUnsent)].sort((one, other) => other.at - one.at);
}

/** How many of them wait for something to be done. */
export function pressing(concerns: readonly Concern[]): number {
  return concerns.filter(({ kind }) => kind !== "friend").length;
}

function people(world: World, now: number): readonly Concern[] {
  return [...world.relationships.byId.values()].flatMap(({ id, type, since }): readonly Concern[] => {
    const at = since === undefined ? 0 : Date.parse(since);
    if (type === INCOMING) return [{ kind: "request", key: `request ${id}`, at, userId: id }];
    return type === FRIEND && at > now - LATELY_MS ? [{ kind: "friend", key: `friend ${id}`, at, userId: id }] : [];
  });
}

function strangers(world: World): readonly Concern[] {
  return requests(world).map((channel) => ({ kind: "stranger", key: `stranger ${channel.id}`, at: momentOf(latestIn(world, channel.id)), channel }));
}

function ofUnsent(message: ScheduledMessage): Concern {
  return { kind: "unsent", key: `unsent ${message.id}`, at: Date.parse(message.send_at), message };
}
