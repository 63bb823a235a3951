/** What is coloured while it is written, and what is sent for it. */
import { expect, test } from "vitest";
import { encode, isInCode, scan, type Book } from "./scan";

const WORDS: Readonly<Record<string, string>> = { "@junia": "<@1>", "#general": "<#2>", ":coil:": "<:coil:3>" };

const book: Book = {
  find: (text, at) => {
    const word = Object.keys(WORDS).find((one) => text.startsWith(one, at));
    if (word === undefined) return undefined;
    return { kind: word.startsWith(":") ? "emoji" : "mention", length: word.length, wire: WORDS[word] ?? "" };
  },
};

const shown = (text: string) => scan(text, book).flatMap(({ kind, text: part }) => (kind === "plain" ? [] : [`${kind} ${part}`]));

test.each([
  ["hello @junia in #general :coil:", ["mention @junia", "mention #general", "emoji :coil:"]],
  ["@nobody a@junia :)", []],
  ["**bold** and ||hidden||", ["mark **", "mark **", "mark ||", "mark ||"]],
  ["`@junia` and ```js\n@junia\n```", ["code `@junia`", "code ```js\n@junia\n```"]],
  ["```open @junia", ["code ```open @junia"]],
  ["# head\n> quote\n- item\n2. item", ["mark # ", "mark > ", "mark - ", "mark 2. "]],
  ["https://example.org/@junia.", ["link https://example.org/@junia"]],
  ["\\*not\\* <@5>", ["mention <@5>"]],
])("%j", (text, expected) => {
  expect(shown(text)).toEqual(expected);
});

test("no letter is lost", () => {
  const text = "a **b** `c` @junia\n- d :coil: https://e.org ```f";
  expect(scan(text, book).map((run) => run.text).join("")).toBe(text);
});

/** Clocks of browsers are coarse. */
const NOISE_MS = 2;

test("names become ids, except in code", () => {
  expect(encode("@junia `@junia` :coil:", book)).toBe("<@1> `@junia` <:coil:3>");
});

test("a block of code is open until its end", () => {
  expect(isInCode("```js\nx", 7)).toBe(true);
  expect(isInCode("```js\nx```", 10)).toBe(false);
});

test.each(["*", "`", "_", "||", ":", "@", "> ", "```a"])("of %j eight times as many take no more than sixteen times as long", (sign) => {
  const fastest = (count: number) =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const started = performance.now();
        scan(sign.repeat(count), book);
        return performance.now() - started;
      }),
    );
  const few = fastest(500);
  expect(fastest(4000)).toBeLessThan(few * 16 + NOISE_MS);
});
