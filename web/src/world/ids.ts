/** The order of ids, which is the order in which things came to be. */
import type { Snowflake } from "../wire/types";

/** For sorting, the oldest first. Ids have no leading zeros, so the longer one is the greater. */
export function byAge(one: Snowflake, other: Snowflake): number {
  return one.length - other.length || (one < other ? -1 : Number(one !== other));
}

export function isAfter(one: Snowflake, other: Snowflake): boolean {
  return byAge(one, other) > 0;
}

const EPOCH_MS = 1_420_070_400_000;

/** When something got its id, in milliseconds since 1970. */
export function momentOf(id: Snowflake): number {
  return Number(BigInt(id) >> 22n) + EPOCH_MS;
}

/** The least id of what comes to be from that moment on. */
export function idAt(moment_ms: number): Snowflake {
  return (BigInt(moment_ms - EPOCH_MS) << 22n).toString();
}
