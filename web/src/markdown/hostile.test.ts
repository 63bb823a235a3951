/** Texts made to be slow: a hundred thousand characters take about ten times as long as ten thousand. */
import { expect, test } from "vitest";
import type { Node } from "./nodes";
import { DEEPEST, parse } from "./parse";
import { plain } from "./plain";
import { render } from "./render";
import { CONTEXT } from "./testing";

const LENGTH = 100_000;
/** Many times what the slowest needs on a busy machine, and far below what the square of the length would need. */
const PATIENCE_MS = 3_000;

const UNITS = [
  "*", "**", "***", "_", "__", "___", "~", "~~", "|", "||", "`", "``", "`a``b", "\\", "\\*", "[", "]", "(", ")", "<", ">",
  "*a ", "**a ", "_a ", "__a ", "~~a", "||a", "`a ", "* a", "a *", "*a _b ", "**a __b ", "*a**b", "_a__b", "***a", "*a _",
  "[a](", "[a](http://a", "[a](http://a ", "[a](<http://a", "[a](http://a \"", "[[a]](http://a", "[a](http://a(", "![](",
  "http://", "http://a)", "http://(", "http://a.", "https://.", "hhttp://a", "<http://a", "<http://a>", "<https://",
  "<@", "<@1", "<@1>", "<#1", "<:a:", "<a:a:1>", "<t:1", "<t:1:R>", "</a ", "</a:1>", "<id:", "@everyone", "@", "@here<",
  "> ", "> a\n", ">>> a\n", "\n> ", "- ", "- a\n", "\n- ", " - a\n", "1. ", "1. a\n", "- - a\n", "* * ", "- > ", "> - a\n",
  "# ", "# a\n", "# a #", "#", "-# ", "-# a\n", " ", "\n", "  \n", " \n- a", "```", "```\n", "```a\n", "```a", "``` `", "\n```",
  "😀", "👨‍👩‍👧", "\u200D", "\uFE0F", "🇩", "1️⃣", "\uD83D", "\u{E0067}", "🏴\u{E0067}", "¯", "¯\\_(ツ)_", "é", "日",
] as const;

function nested(opening: string, closing: string): string {
  const times = LENGTH / (opening.length + closing.length);
  return `${opening.repeat(times)}a${closing.repeat(times)}`;
}

const NESTED = [
  nested("*", "*"),
  nested("**", "**"),
  nested("***", "***"),
  nested("_", "_"),
  nested("**_", "_**"),
  nested("**__", "__**"),
  nested("~~||", "||~~"),
  nested("[", "](http://a)"),
  nested("(", ")"),
  nested("`", "`"),
  nested("||", "||"),
  nested("- ", ""),
  nested("> ", "\n"),
  `http://a/${nested("(", ")")}`,
  Array.from({ length: 440 }, (_, depth) => `${" ".repeat(depth)}- a`).join("\n"),
  Array.from({ length: 440 }, (_, length) => "`".repeat(length + 1)).join(" "),
  Array.from({ length: 440 }, (_, length) => "*".repeat(length + 1)).join("a"),
  `**${"*a ".repeat(LENGTH / 3)}**`,
  "**a**".repeat(LENGTH / 5),
  "*a* _b_ __c__ ".repeat(LENGTH / 14),
  "- a\n  - b\n".repeat(LENGTH / 10),
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

const texts = [...UNITS.map((unit) => unit.repeat(LENGTH / unit.length)), ...NESTED];

test.each(texts.map((text): [string, string] => [JSON.stringify(text.slice(0, 16)), text]))("%s …", (_name, text) => {
  const began = performance.now();
  const nodes = read(text);
  expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
  expect(deepest(nodes)).toBeLessThanOrEqual(DEEPEST + 2);
});
