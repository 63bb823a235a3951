/** Texts made to be slow: ten times the text takes about ten times the time, whatever is in it. */
import { expect, test } from "vitest";
import type { Node } from "./nodes";
import { DEEPEST, parse } from "./parse";
import { plain } from "./plain";
import { render } from "./render";
import { CONTEXT } from "./testing";

const LONG = 100_000;
const TIMES = 10;
/** Between the tenfold time of what is linear and the hundredfold of what is not, with room for a busy machine. */
const MOST_TIMES = 40;
const NOISE_MS = 100;
/** For deep lists and runs of growing length, which are as long as the square of their steps. */
const STEPS = 440;

const UNITS = [
  "*", "**", "***", "_", "__", "___", "~", "~~", "~~_", "|", "||", "`", "``", "`a``b", "\\", "\\*", "[", "]", "(", ")", "<", ">",
  "*a ", "**a ", "_a ", "__a ", "~~a", "||a", "`a ", "* a", "a *", "*a _b ", "**a __b ", "*a**b", "_a__b", "***a", "*a _",
  "[a](", "[a](http://a", "[a](http://a ", "[a](<http://a", "[a](http://a \"", "[[a]](http://a", "[a](http://a(", "![](",
  "http://", "http://a)", "http://(", "http://a.", "https://.", "hhttp://a", "<http://a", "<http://a>", "<https://",
  "<@", "<@1", "<@1>", "<#1", "<:a:", "<a:a:1>", "<t:1", "<t:1:R>", "</a ", "</a:1>", "<id:", "@everyone", "@", "@here<",
  "> ", "> a\n", ">>> a\n", "\n> ", "- ", "- a\n", "\n- ", " - a\n", "1. ", "1. a\n", "- - a\n", "* * ", "- > ", "> - a\n",
  "# ", "# a\n", "# a #", "#", "-# ", "-# a\n", " ", "\n", "  \n", " \n- a", "```", "```\n", "```a\n", "```a", "``` `", "\n```",
  "😀", "👨‍👩‍👧", "\u200D", "\uFE0F", "🇩", "1️⃣", "\uD83D", "\u{E0067}", "🏴\u{E0067}", "¯", "¯\\_(ツ)_", "é", "日",
] as const;

type Family = readonly [name: string, make: (length: number) => string];

function repeated(unit: string): Family {
  return [unit, (length) => unit.repeat(length / unit.length)];
}

function nested(opening: string, closing: string): Family {
  const make = (length: number) => {
    const times = length / (opening.length + closing.length);
    return `${opening.repeat(times)}a${closing.repeat(times)}`;
  };
  return [`${opening}…${closing}`, make];
}

function growing(name: string, separator: string, step: (at: number) => string): Family {
  const make = (length: number) => {
    const steps = STEPS * Math.sqrt(length / LONG);
    return Array.from({ length: steps }, (_, at) => step(at)).join(separator);
  };
  return [name, make];
}

const FAMILIES: readonly Family[] = [
  ...UNITS.map(repeated),
  nested("*", "*"),
  nested("**", "**"),
  nested("***", "***"),
  nested("_", "_"),
  nested("**_", "_**"),
  nested("**__", "__**"),
  nested("~~||", "||~~"),
  nested("[", "](http://a)"),
  nested("(", ")"),
  nested("http://a/(", ")"),
  nested("`", "`"),
  nested("||", "||"),
  nested("> ", "\n"),
  growing("deeper and deeper lists", "\n", (at) => `${" ".repeat(at)}- a`),
  growing("more and more backticks", " ", (at) => "`".repeat(at + 1)),
  growing("more and more stars", "a", (at) => "*".repeat(at + 1)),
  growing("fewer and fewer backticks", " ", (at) => "`".repeat(STEPS - at)),
  ["a bold text of open italics", (length) => `**${"*a ".repeat(length / 3)}**`],
  repeated("**a**"),
  repeated("*a* _b_ __c__ "),
  repeated("- a\n  - b\n"),
];

function deepest(nodes: readonly Node[]): number {
  return nodes.reduce((most, node) => {
    const inner = "children" in node ? deepest(node.children) : "items" in node ? deepest(node.items.flat()) : 0;
    return Math.max(most, 1 + inner);
  }, 0);
}

function read(text: string): readonly Node[] {
  const nodes = parse(text);
  render(nodes, CONTEXT);
  plain(nodes, CONTEXT);
  return nodes;
}

function timeMs(text: string): number {
  const began = performance.now();
  read(text);
  return performance.now() - began;
}

test.each(FAMILIES)("%j", (_name, make) => {
  const mostMs = Math.min(timeMs(make(LONG / TIMES)), timeMs(make(LONG / TIMES))) * MOST_TIMES + NOISE_MS;
  const text = make(LONG);
  // What else the machine does only ever adds, so one run of three is enough.
  expect([1, 2, 3].some(() => timeMs(text) < mostMs)).toBe(true);
});

test.each(FAMILIES)("%j is not nested without end", (_name, make) => {
  expect(deepest(parse(make(LONG / TIMES)))).toBeLessThanOrEqual(DEEPEST + 2);
});
