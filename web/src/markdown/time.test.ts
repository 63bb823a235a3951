/** How points in time are said, and how long that stays true. */
import { describe, expect, test } from "vitest";
import type { TimeStyle } from "./nodes";
import { Times } from "./time";

const AT = 1_618_953_630;
const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Blanks of every width are the same to a reader. */
function said(text: string): string {
  return text.replace(/\s/g, " ");
}

describe("styles", () => {
  const german = new Times("de", () => AT, "UTC");
  const american = new Times("en-US", () => AT, "UTC");

  test.each<[TimeStyle, string, string]>([
    ["t", "21:20", "9:20 PM"],
    ["T", "21:20:30", "9:20:30 PM"],
    ["d", "20.04.2021", "04/20/2021"],
    ["D", "20. April 2021", "April 20, 2021"],
    ["f", "20. April 2021 um 21:20", "April 20, 2021 at 9:20 PM"],
    ["F", "Dienstag, 20. April 2021 um 21:20", "Tuesday, April 20, 2021 at 9:20 PM"],
    ["s", "20.04.2021, 21:20", "04/20/2021, 9:20 PM"],
    ["S", "20.04.2021, 21:20:30", "04/20/2021, 9:20:30 PM"],
  ])("%s in two languages", (style, inGerman, inEnglish) => {
    expect(said(german.text(AT, style))).toBe(inGerman);
    expect(said(american.text(AT, style))).toBe(inEnglish);
  });

  test("the last second there is can be said", () => {
    expect(american.text(8.64e12, "D")).toContain("275760");
    expect(american.text(-8.64e12, "R")).toContain("ago");
  });
});

describe("relative times", () => {
  test.each([
    [0, "in 0 seconds"],
    [1, "in 1 second"],
    [59, "in 59 seconds"],
    [60, "in 1 minute"],
    [-61, "1 minute ago"],
    [2 * HOUR - 1, "in 1 hour"],
    [-2 * HOUR, "2 hours ago"],
    [29 * DAY, "in 29 days"],
    [-61 * DAY, "2 months ago"],
    [366 * DAY, "in 1 year"],
    [-20 * 366 * DAY, "20 years ago"],
  ])("%d seconds away", (away, words) => {
    expect(new Times("en", () => AT).text(AT + away, "R")).toBe(words);
  });

  test.each([5, -5, 90, -90, 3 * HOUR + 7, -HOUR - 1, -40 * DAY, 400 * DAY, -60, 3_600, -3_599])(
    "%d seconds away, the words are true until they say they are not",
    (away) => {
      let now = AT;
      const times = new Times("en", () => now);
      const { text, forS } = times.relative(AT + away);
      now += Math.ceil(forS) - 1;
      expect(times.text(AT + away, "R")).toBe(text);
      now += 2;
      expect(times.text(AT + away, "R")).not.toBe(text);
    },
  );
});
