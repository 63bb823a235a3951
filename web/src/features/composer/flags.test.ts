import { expect, test } from "vitest";
import { flagsOf } from "./flags";

test.each([
  ["hello", true, 0],
  ["see https://example.org/storm", true, 4],
  ["see https://example.org/storm", false, 0],
  ["@silent see HTTP://example.org", true, 4100],
  ["@silent good night", true, 4096],
])("%s, links bare: %s", (text, bareLinks, flags) => expect(flagsOf(text, { bareLinks })).toBe(flags));
