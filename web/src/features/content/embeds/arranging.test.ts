import { describe, expect, test } from "vitest";
import type { Embed } from "../../../wire/types";
import { columnsOf, together, written } from "./arranging";

const fields = (pattern: string) => Array.from(pattern, (letter) => ({ name: "n", value: "v", inline: letter === "i" }));

describe("fields of an embed", () => {
  test.each([
    ["iii", [4, 4, 4]],
    ["ii", [6, 6]],
    ["i", [12]],
    ["iiii", [4, 4, 4, 12]],
    ["iioii", [6, 6, 12, 6, 6]],
    ["o", [12]],
  ])("%s", (pattern, columns) => expect(columnsOf(fields(pattern))).toEqual(columns));
});

describe("embeds of a message", () => {
  test("without previews of links there remains what somebody wrote", () => {
    const kinds = ["rich", "link", "article", "image", "gifv", "video", "poll_result"];
    expect(written(kinds.map((type) => ({ type }))).map(({ type }) => type)).toEqual(["rich", "poll_result"]);
  });

  const rich = (url: string | undefined, image: string): Embed => ({ type: "rich", ...(url && { url }), image: { url: image } });

  test("those with one address hold their pictures together", () => {
    const [first, ...others] = together([rich("https://a", "1"), rich("https://a", "2"), rich("https://b", "3")]);
    expect(first?.images.map(({ url }) => url)).toEqual(["1", "2"]);
    expect(others).toHaveLength(1);
  });

  test("those without an address stand alone, and there are ten at most", () => {
    expect(together(Array.from({ length: 12 }, (_, n) => rich(undefined, String(n))))).toHaveLength(10);
  });
});
