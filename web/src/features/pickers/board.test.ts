/** What a soundboard shows. */
import { expect, test } from "vitest";
import type { Sound } from "../../wire/types";
import { boards } from "./board";

const sound = (sound_id: string, name: string) => ({ sound_id, name }) as Sound;
const offers = [
  { guildId: "1", name: "Here", all: [sound("10", "Gong"), sound("11", "Rain")] },
  { guildId: "2", name: "There", all: [sound("20", "Long gone")] },
];
const shown = (marked: readonly string[], query: string) =>
  boards(offers, marked, query).map(({ guildId, all }) => [guildId, ...all.map(({ sound: { name } }) => name)]);

test.each([
  [[], "", [["1", "Gong", "Rain"], ["2", "Long gone"]]],
  [["20", "99"], "", [[null, "Long gone"], ["1", "Gong", "Rain"], ["2", "Long gone"]]],
  [["20"], " gon", [["1", "Gong"], ["2", "Long gone"]]],
  [["20"], "thunder", []],
])("with %j marked, %j finds %j", (marked, query, found) => {
  expect(shown(marked, query)).toEqual(found);
});
