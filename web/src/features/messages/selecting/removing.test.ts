/** Deleting many: portions, what is too old, waiting, and what goes wrong. */
import { expect, test } from "vitest";
import { RateLimited, Refused } from "../../../rest/errors";
import { idAt } from "../../../world/ids";
import { removeAll, type Ways } from "./removing";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const DAY_MS = 24 * 3_600_000;
const young = (count: number) => Array.from({ length: count }, (_, at) => idAt(NOW - (count - at) * 1000));
const old = (count: number) => Array.from({ length: count }, (_, at) => idAt(NOW - 15 * DAY_MS + at));

function server(problems: readonly Error[] = [], patience = Infinity) {
  const asked: string[] = [];
  const gone: string[] = [];
  const waited: number[] = [];
  const left = [...problems];
  const answer = (words: string) => {
    asked.push(words);
    const problem = left.shift();
    return problem === undefined ? Promise.resolve() : Promise.reject(problem);
  };
  const ways: Ways = {
    many: (ids) => answer(`many ${ids.length}`),
    one: () => answer("one"),
    wait: (seconds) => Promise.resolve(waited.push(seconds)),
    done: (ids) => gone.push(...ids),
    isWanted: () => asked.length < patience,
  };
  return { ways, asked, gone, waited };
}

test("a hundred go at once, a single one alone, and the old one by one", async () => {
  const { ways, asked, gone } = server();
  const ids = [...old(2), ...young(201)];
  await removeAll(ids, ways, NOW);
  expect(asked).toEqual(["many 100", "many 100", "one", "one", "one"]);
  expect(new Set(gone)).toEqual(new Set(ids));
});

test("it waits as long as the server asks it to", async () => {
  const { ways, asked, waited } = server([new RateLimited(0.4), new RateLimited(1)]);
  await removeAll(young(3), ways, NOW);
  expect(asked).toEqual(["many 3", "many 3", "many 3"]);
  expect(waited).toEqual([0.4, 1]);
});

test("what the server finds too old goes one by one, and what is gone already is gone", async () => {
  const { ways, asked, gone } = server([new Refused(400, 50_034, "too old"), new Refused(404, 10_008, "unknown")]);
  await removeAll(young(2), ways, NOW);
  expect(asked).toEqual(["many 2", "one", "one"]);
  expect(gone).toHaveLength(2);
});

test("a refusal ends it, with what was done by then", async () => {
  const { ways, gone } = server([new Refused(404, 10_008, "unknown"), new Refused(403, 50_013, "no")]);
  await expect(removeAll(old(3), ways, NOW)).rejects.toThrow("no");
  expect(gone).toHaveLength(1);
});

test("it ends where nobody wants it any longer", async () => {
  const { ways, asked } = server([], 1);
  await removeAll([...young(150), ...old(2)], ways, NOW);
  expect(asked).toEqual(["many 100"]);
});
