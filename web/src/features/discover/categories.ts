/** What servers are about, in the reader's language. */
import type { DiscoveryCategory } from "../../wire/types";
import type { Speech } from "../speech.svelte";

/** By the numbers that Discord gives them. */
const KNOWN = [
  "general",
  "gaming",
  "music",
  "entertainment",
  "arts",
  "science",
  "education",
  "sports",
  "fashion",
  "relationships",
  "travel",
  "fitness",
  "finance",
  "mixed",
  "chatting",
] as const;

/** One that this client does not know yet goes by the name the server has for it. */
export function categoryName({ say }: Pick<Speech, "say">, { id, name }: Pick<DiscoveryCategory, "id" | "name">): string {
  const known = KNOWN[id];
  return known === undefined ? name : say(`discover.category.${known}`);
}
