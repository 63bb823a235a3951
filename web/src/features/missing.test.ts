/** Parts that are fetched when they are shown may be missing, which is said where they would stand. */
import { expect, test } from "vitest";

const VIEWS = import.meta.glob<string>("../**/*.svelte", { query: "?raw", import: "default", eager: true });
const AWAITED = /\{#await [^{}]*import\(.*?\{\/await\}/gs;

test("whoever awaits a part says what is there without it", () => {
  const silent = Object.entries(VIEWS).filter(([, view]) => view.match(AWAITED)?.some((block) => !block.includes("{:catch}")));
  expect(Object.keys(VIEWS).length).toBeGreaterThan(300);
  expect(silent.map(([file]) => file)).toEqual([]);
});
