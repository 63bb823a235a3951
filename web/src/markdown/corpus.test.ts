/** Every case of the corpus, which is plain JSON so that other readers of this markdown can be held to it too. */
import { describe, expect, test } from "vitest";
import corpus from "./corpus.json";
import { isJumbo } from "./emoji";
import type { Node } from "./nodes";
import { parse } from "./parse";
import { plain } from "./plain";
import { render } from "./render";
import * as rules from "./rules";
import { CONTEXT } from "./testing";

interface Case {
  readonly text: string;
  readonly rules?: keyof typeof rules;
  readonly nodes?: unknown;
  readonly html?: string;
  readonly plain?: string;
  readonly jumbo?: boolean;
}

/** Text is a string; every other node is a list of its type, its fields and its children. */
function short(nodes: readonly Node[]): unknown[] {
  return nodes.map((node) => {
    if (node.type === "text") return node.text;
    if (node.type === "list") return ["list", node.start, ...node.items.map(short)];
    const fields = Object.entries(node).filter(([name]) => name !== "children");
    return [...fields.map(([, value]) => value as unknown), ...("children" in node ? short(node.children) : [])];
  });
}

function check(given: Case): void {
  const nodes = parse(given.text, rules[given.rules ?? "MESSAGE"]);
  if (given.nodes !== undefined) expect(short(nodes)).toEqual(given.nodes);
  if (given.html !== undefined) expect(render(nodes, CONTEXT)).toBe(given.html);
  if (given.plain !== undefined) expect(plain(nodes, CONTEXT)).toBe(given.plain);
  if (given.jumbo !== undefined) expect(isJumbo(nodes)).toBe(given.jumbo);
}

for (const [group, cases] of Object.entries(corpus as Record<string, readonly Case[]>)) {
  describe(group, () => {
    test.each(cases.map((given): [string, Case] => [JSON.stringify(given.text), given]))("%s", (_text, given) => {
      expect(Object.keys(given).some((key) => ["nodes", "html", "plain", "jumbo"].includes(key))).toBe(true);
      check(given);
    });
  });
}

test("the corpus is as large as it says", () => {
  expect(Object.values(corpus).flat().length).toBeGreaterThanOrEqual(300);
});
