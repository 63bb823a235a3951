/** What is muted, and for how long: nobody tells of its end, one has to look at the clock. */
import type { MuteConfig } from "../wire/types";

type Config = MuteConfig | null;

/** That something is muted, and until when. */
export interface Mute {
  readonly config: Config;
}

export interface Muted {
  readonly muted: boolean;
  readonly mute_config: Config;
}

/** Null for what has no end. */
function endOf({ mute_config }: Muted): Date | null {
  const until = mute_config?.end_time;
  return until === null || until === undefined ? null : new Date(until);
}

export function muteOf(one: Muted | undefined, now: Date): Mute | undefined {
  if (one?.muted !== true) return undefined;
  const end = endOf(one);
  return end === null || end > now ? { config: one.mute_config } : undefined;
}

/** Whether it is said to be muted, and was so until lately. */
export function isOver(one: Muted, now: Date): boolean {
  return one.muted && muteOf(one, now) === undefined;
}

/** When the first of these ends. */
export function nextEnd(all: readonly Muted[], now: Date): Date | null {
  const ends = all.flatMap((one) => (one.muted ? (endOf(one) ?? []) : []));
  return ends.filter((end) => end > now).reduce<Date | null>((first, end) => (first === null || end < first ? end : first), null);
}
