/** What is new, in words. */
import type { Speech } from "../speech.svelte";
import type { List, News } from "./list.svelte";

export function newSince({ say, count }: Speech, { clock }: Pick<List, "clock">, news: News): string {
  const number = count("messages.new", news.count);
  return say(news.isMore ? "messages.moreSince" : "messages.since", { news: number, time: clock.since(news.since) });
}
