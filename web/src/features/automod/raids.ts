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
