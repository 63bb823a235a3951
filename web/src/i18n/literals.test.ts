/** Nothing is said on a screen that is not in the catalogues. */
import { parse } from "svelte/compiler";
import { expect, test } from "vitest";

const VIEWS = import.meta.glob<string>("../**/*.svelte", { query: "?raw", import: "default", eager: true });
/** Every view is parsed, and other tests run beside this one. */
const PATIENCE_MS = 60_000;
const WORD = /\p{L}{2,}/u;
/** Attributes that people see or hear; those of components as well. */
const SAID: ReadonlySet<unknown> = new Set(["aria-label", "aria-description", "alt", "label", "placeholder", "text", "title"]);
/** Names of keys and of kinds of files, which are the same in every language. */
const NAMES: ReadonlySet<string> = new Set(["ALT", "Esc", "GIF", "Tab"]);

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}

/** The words that stand in the template itself, below a node. */
function* literals(node: unknown): Generator<string> {
  if (!isNode(node) || node["type"] === "StyleDirective") return;
  if (node["type"] === "Attribute" && !SAID.has(node["name"])) {
    for (const part of [node["value"]].flat()) if (isNode(part) && part["type"] !== "Text") yield* literals(part);
    return;
  }
  if (node["type"] === "Text") yield String(node["data"]);
  for (const value of Object.values(node)) yield* literals(value);
}

function isWords(text: string): boolean {
  return WORD.test(text) && !NAMES.has(text.replace(/[:\s]+$/u, "").trim());
}

test("no view says anything of its own", () => {
  const found = Object.entries(VIEWS).flatMap(([file, source]) =>
    [...literals(parse(source, { modern: true }).fragment)].filter(isWords).map((words) => `${file}: ${words}`),
  );
  expect(found).toEqual([]);
}, PATIENCE_MS);

test("what stands in a view is found, and what is taken from a catalogue is not", () => {
  const { fragment } = parse('<p title="Hello there" class="wide">Words {say("a.b")}</p>', { modern: true });
  expect([...literals(fragment)].filter(isWords)).toEqual(["Hello there", "Words "]);
});
