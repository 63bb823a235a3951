/** What is found is what was asked for last. */
import { expect, test } from "vitest";
import type { Client } from "../../rest/client";
import { Discovering } from "./discovering.svelte";

interface Asked {
  readonly query: { readonly query: string; readonly offset: number; readonly category_id?: number };
}

const named = (...names: readonly string[]) => ({ guilds: names.map((name) => ({ id: name, name })), total: 3, limit: 24, offset: 0 });

function discovering(answer: (asked: Asked) => unknown): Discovering {
  const client = { call: (_: string, asked: Asked) => Promise.resolve(answer(asked)) };
  return new Discovering(client as unknown as Pick<Client, "call">);
}

test("the words and the category go along, and pages are added to one another", async () => {
  const asked: Asked["query"][] = [];
  const found = discovering(({ query }) => {
    asked.push(query);
    return query.offset === 0 ? named("a", "b") : named("c");
  });
  [found.words, found.category] = [" rain ", 2];
  await found.look();
  expect(found.hasMore).toBe(true);
  await found.more();
  expect(asked).toEqual([{ query: "rain", limit: 24, offset: 0, category_id: 2 }, { query: "rain", limit: 24, offset: 2, category_id: 2 }]);
  expect([found.guilds.map(({ name }) => name), found.hasMore]).toEqual([["a", "b", "c"], false]);
});

test("an answer to earlier words does not replace that to the later ones", async () => {
  const waiting: ((answer: unknown) => void)[] = [];
  const found = discovering(() => new Promise((resolve) => waiting.push(resolve)));
  const first = found.look();
  found.words = "sun";
  const second = found.look();
  waiting[1]?.(named("sun"));
  await second;
  waiting[0]?.(named("all"));
  await first;
  expect(found.guilds.map(({ name }) => name)).toEqual(["sun"]);
});
