/** Random texts: whatever comes in, safe and balanced HTML comes out, and no words are lost or made up. */
import { describe, expect, test } from "vitest";
import type { Node, Span } from "./nodes";
import { parse } from "./parse";
import { plain } from "./plain";
import { render } from "./render";
import * as rules from "./rules";
import { CONTEXT } from "./testing";

const ROUNDS = 3_000;
const PIECES = [
  "*", "**", "***", "_", "__", "~~", "||", "`", "``", "```", "\\", "[", "](", ")", "<", ">", "\n", " ", "  ", "# ", "-# ", "- ",
  "* ", "1. ", "> ", ">>> ", "https://", "http://a.b", "a", "b c", "é", "😀", "👍🏽", "<@1>", "<@&2>", "<#4>", "<:a:1>", "<a:b:2>",
  "<t:5:R>", "<t:5>", "</a b:1>", "<id:guide>", "@everyone", "@here", "js\n", "\"", "'", "&", "&amp;", "<script>", "</span>",
  "onerror=", "javascript:", "\u0000", "\u001B[31m", "\uD83D", "\u202E", "<!--", "]]>", "style=\"", "¯\\_(ツ)_/¯",
] as const;

/** A small generator of its own, so that a failure comes again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function pick<Value>(throws: (sides: number) => number, from: readonly [Value, ...Value[]]): Value {
  return from[throws(from.length)] ?? from[0];
}

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  a: ["class", "href", "target", "rel", "data-masked", "title", "data-channel", "data-kind"],
  blockquote: [], br: [], em: [], strong: [], u: [], s: [], ul: [], li: [],
  button: ["type", "class", "data-copy", "data-wrap", "aria-pressed", "data-user", "data-role", "data-hue", "data-place", "data-id", "data-command", "data-name"],
  code: ["class", "data-language"], div: ["class"], h4: ["class"], h5: ["class"], h6: ["class"],
  img: ["class", "draggable", "loading", "src", "alt", "data-emoji", "data-name", "data-animated"],
  ol: ["start"], pre: ["tabindex"], small: ["class"],
  span: ["class", "data-spoiler", "role", "tabindex", "aria-expanded", "aria-label", "inert"],
  time: ["datetime", "data-time", "data-style", "title"],
};
const VOID = ["br", "img"];

/** Reads HTML as strictly as can be: anything but the tags and attributes above, closed in order, is an error. */
function problem(html: string): string | undefined {
  const open: string[] = [];
  const rest = html.replace(/<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>/g, (_whole, slash: string, tag: string, attributes: string) => {
    if (!ALLOWED[tag]) open.push(`!${tag}`);
    else if (slash) open.push(...(open.pop() === tag ? [] : [`!/${tag}`]));
    else if (!VOID.includes(tag)) open.push(tag);
    for (const [, name = "", value = ""] of attributes.matchAll(/ ([a-z-]+)="([^"]*)"/g)) {
      if (!ALLOWED[tag]?.includes(name)) open.push(`!${tag} ${name}`);
      if (name === "href" && !/^(https?:\/\/|\/)/i.test(value)) open.push(`!href ${value}`);
    }
    return "";
  });
  if (/[<>"']/.test(rest)) return `unescaped: ${rest}`;
  if (/&(?!amp;|lt;|gt;|quot;|#39;)/.test(rest)) return `entity: ${rest}`;
  return open.length === 0 ? undefined : open.join(", ");
}

function randomText(throws: (sides: number) => number): string {
  return Array.from({ length: 1 + throws(24) }, () => pick(throws, PIECES)).join("");
}

describe("random texts", () => {
  test.each(Object.entries(rules))("as %s are balanced HTML of the allowed kind", (_name, set) => {
    const throws = dice(7);
    for (let round = 0; round < ROUNDS; round++) {
      const text = randomText(throws);
      const html = render(parse(text, set), { ...CONTEXT, isRevealed: throws(4) === 0 });
      expect(problem(html), `${JSON.stringify(text)} became ${html}`).toBeUndefined();
    }
  });

  test("of any characters are read whole", () => {
    const throws = dice(11);
    for (let round = 0; round < ROUNDS; round++) {
      const text = Array.from({ length: throws(40) }, () => String.fromCharCode(throws(10) ? 32 + throws(96) : throws(65_536))).join("");
      expect(problem(render(parse(text), CONTEXT)), JSON.stringify(text)).toBeUndefined();
    }
  });

  test("without any markup stay as they are", () => {
    const throws = dice(13);
    for (let round = 0; round < ROUNDS; round++) {
      const text = Array.from({ length: 1 + throws(20) }, () => pick(throws, ["a", "b ", "\n", ".", "é", "1", "!", "(", "日"])).join("");
      expect(parse(text)).toEqual([{ type: "text", text }]);
    }
  });

  test("find nothing dangerous that the checker would not see", () => {
    for (const html of ["<b>a</b>", "<em>a", "</em>", "<em onclick=\"a\">b</em>", "<a href=\"javascript:a\">b</a>", "a<b", "&nbsp;"]) {
      expect(problem(html), html).toBeDefined();
    }
  });
});

interface Written {
  readonly text: string;
  readonly words: string;
}

const MARKS: Readonly<Record<Span, string>> = { strong: "**", em: "*", u: "__", strike: "~~", spoiler: "||" };

/** Words in random spans, none in itself, written as markdown, and what is left of them in one line. */
function written(throws: (sides: number) => number, free: readonly Span[]): Written {
  const parts = Array.from({ length: 1 + throws(3) }, (): Written => {
    const span = free[throws(free.length + 1)];
    if (span === undefined) return { text: "word", words: "word" };
    const inner = written(throws, free.filter((other) => other !== span));
    return { text: `${MARKS[span]}${inner.text}${MARKS[span]}`, words: span === "spoiler" ? "Spoiler" : inner.words };
  });
  return { text: `x${parts.map(({ text }) => text).join(" ")}x`, words: `x${parts.map(({ words }) => words).join(" ")}x` };
}

/** What the tree holds as text of the author's own. */
function leaves(nodes: readonly Node[]): string {
  return nodes.map(leaf).join("");
}

function leaf(node: Node): string {
  if ("children" in node) return leaves(node.children);
  if ("items" in node) return leaves(node.items.flat());
  return "text" in node ? node.text : "url" in node ? node.url : "";
}

describe("plain", () => {
  test("shows no mark that was read as one", () => {
    const throws = dice(17);
    for (let round = 0; round < ROUNDS; round++) {
      const { text, words } = written(throws, ["strong", "em", "u", "strike", "spoiler"]);
      expect(plain(parse(text), CONTEXT), text).toBe(words);
    }
  });

  test("holds no line break, no spoiler and no mark that is not text", () => {
    const throws = dice(19);
    for (let round = 0; round < ROUNDS; round++) {
      const text = randomText(throws);
      const nodes = parse(text);
      const line = plain(nodes, CONTEXT);
      expect(line).not.toMatch(/\n|^\s|\s$/);
      for (const mark of ["*", "~", "|", "`"]) {
        const count = (within: string) => within.split(mark).length - 1;
        expect(count(line), `${mark} of ${JSON.stringify(text)}`).toBeLessThanOrEqual(count(leaves(nodes)));
      }
    }
  });
});
