/** Deletes many messages: as many at once as the server takes, and one by one what is too old for that. */
import { RateLimited, Refused } from "../../../rest/errors";
import type { Snowflake } from "../../../wire/types";
import { momentOf } from "../../../world/ids";

const AT_ONCE = 100;
/** Two weeks, less what clocks may differ by. */
const YOUNG_MS = 14 * 24 * 3_600_000 - 60_000;
const UNKNOWN_MESSAGE = 10_008;
const TOO_OLD = 50_034;

export interface Ways {
  readonly many: (ids: readonly Snowflake[]) => Promise<unknown>;
  readonly one: (id: Snowflake) => Promise<unknown>;
  readonly wait: (seconds: number) => Promise<unknown>;
  /** Told of what is gone. */
  readonly done: (ids: readonly Snowflake[]) => void;
  readonly isWanted: () => boolean;
}

export function isOld(id: Snowflake, now: number): boolean {
  return momentOf(id) < now - YOUNG_MS;
}

export async function removeAll(ids: readonly Snowflake[], ways: Ways, now: number): Promise<void> {
  const young = ids.filter((id) => !isOld(id, now));
  for (let at = 0; at < young.length; at += AT_ONCE) await removePortion(young.slice(at, at + AT_ONCE), ways);
  await removeEach(
    ids.filter((id) => isOld(id, now)),
    ways,
  );
}

/** The server takes two or more at once. */
async function removePortion(ids: readonly Snowflake[], ways: Ways): Promise<void> {
  if (!ways.isWanted()) return;
  if (ids.length === 1) return removeEach(ids, ways);
  try {
    await patiently(() => ways.many(ids), ways);
    ways.done(ids);
  } catch (problem) {
    if (!isRefused(problem, TOO_OLD)) throw problem;
    await removeEach(ids, ways);
  }
}

async function removeEach(ids: readonly Snowflake[], ways: Ways): Promise<void> {
  for (const id of ids) {
    if (!ways.isWanted()) return;
    await patiently(() => ways.one(id), ways).catch((problem: unknown) => {
      // Somebody else was faster.
      if (!isRefused(problem, UNKNOWN_MESSAGE)) throw problem;
    });
    ways.done([id]);
  }
}

/** Again and again as long as the server asks us to wait. */
async function patiently(work: () => Promise<unknown>, { wait }: Ways): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (problem) {
      if (!(problem instanceof RateLimited)) throw problem;
      await wait(problem.seconds);
    }
  }
}

function isRefused(problem: unknown, code: number): boolean {
  return problem instanceof Refused && problem.code === code;
}
