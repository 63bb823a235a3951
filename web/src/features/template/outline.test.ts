/** Templates list their channels one after the other, whatever belongs together. */
import { expect, test } from "vitest";
import type { PatternChannel } from "../../wire/types";
import { outline } from "./outline";

const channel = (id: number, type: number, position: number, parent_id: string | null = null) => ({ id, type, position, parent_id }) as PatternChannel;

test("channels stand below their category, those of none above all, and those with sound last", () => {
  const channels = [channel(1, 4, 1), channel(2, 4, 0), channel(3, 0, 1, "1"), channel(4, 0, 0, "1"), channel(5, 2, 0, "2"), channel(6, 0, 1), channel(7, 2, 0)];
  expect(outline(channels).map(({ id }) => id)).toEqual([6, 7, 2, 5, 1, 4, 3]);
});
