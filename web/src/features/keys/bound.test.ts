/** What the list of keys promises, somebody does. */
import { expect, test } from "vitest";
import { ALL_ACTIONS } from "./actions";

const sources = Object.values(import.meta.glob<string>("../**/*.{svelte,ts}", { query: "?raw", import: "default", eager: true })).join("\n");

test.each(ALL_ACTIONS)("somebody does what the keys of %s ask for", (action) => {
  expect(sources).toContain(`useKey("${action}"`);
});
