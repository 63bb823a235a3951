/** How long something lasts, in words. */
import type { Speech } from "../speech.svelte";

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

export function spanInWords({ count }: Pick<Speech, "count">, seconds: number): string {
  if (seconds < MINUTE_S) return count("guild.seconds", seconds);
  if (seconds < HOUR_S) return count("guild.minutes", seconds / MINUTE_S);
  return seconds < DAY_S ? count("guild.hours", seconds / HOUR_S) : count("guild.days", seconds / DAY_S);
}
