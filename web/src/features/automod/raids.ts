/** Raids in words: what was noticed, and how much of it. */
import type { Message } from "../../wire/types";
import { factOf } from "../messages/noted";
import type { Speech } from "../speech.svelte";

export function raidWords({ say, count }: Pick<Speech, "say" | "count">, message: Pick<Message, "embeds">): string {
  const joins = Number(factOf(message, "join_attempts") ?? 0);
  const written = Number(factOf(message, "dms_sent") ?? 0);
  if (joins > 0) return count("automod.raid.joins", joins);
  return written > 0 ? count("automod.raid.directs", written) : say("automod.raid.mentions");
}

export const REASONS = ["LEGITIMATE_ACTIVITY", "LEGITIMATE_ACCOUNTS", "LEGITIMATE_DMS", "DM_SPAM", "JOIN_RAID", "OTHER"] as const;

/** Why it is over; undefined while nobody said so. */
export function reasonOf(message: Pick<Message, "embeds">): (typeof REASONS)[number] | undefined {
  const noted = factOf(message, "resolved_reason");
  return noted === undefined ? undefined : (REASONS.find((reason) => reason === noted) ?? "OTHER");
}
