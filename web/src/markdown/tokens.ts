/** What stands between `<` and `>` besides addresses: mentions, custom emoji and timestamps. */
import type { Node, TimeStyle } from "./nodes";
import type { Rules } from "./rules";
import { match } from "./sticky";

export interface Found {
  readonly node: Node;
  readonly end: number;
}

interface Token {
  readonly pattern: RegExp;
  readonly rule: keyof Rules | null;
  readonly node: (first: string, second: string) => Node | undefined;
}

/** The last second that a date can hold. */
const LAST_S = 8.64e12;

function time(seconds: string, style: string): Node | undefined {
  const at = Number(seconds);
  return Math.abs(at) <= LAST_S ? { type: "time", at, style: (style || "f") as TimeStyle } : undefined;
}

const TOKENS: readonly Token[] = [
  { pattern: /<@!?(\d{1,20})>/y, rule: "mentions", node: (id) => ({ type: "user", id }) },
  { pattern: /<@&(\d{1,20})>/y, rule: "mentions", node: (id) => ({ type: "role", id }) },
  { pattern: /<#(\d{1,20})>/y, rule: "mentions", node: (id) => ({ type: "channel", id }) },
  {
    pattern: /<id:(home|guide|browse|customize|linked-roles)(?::(\d{1,20}))?>/y,
    rule: "mentions",
    node: (place, id) => ({ type: "place", place: place === "home" ? "guide" : place, id }),
  },
  {
    pattern: /<\/([-_'\p{L}\p{M}\p{N}]{1,32}(?: [-_'\p{L}\p{M}\p{N}]{1,32}){0,2}):(\d{1,20})>/uy,
    rule: "mentions",
    node: (name, id) => ({ type: "command", name, id }),
  },
  { pattern: /<t:(-?\d{1,17})(?::([tTdDfFRsS]))?>/y, rule: "marks", node: time },
  { pattern: /<:(\w{1,32}):(\d{1,20})>/y, rule: null, node: (name, id) => ({ type: "emoji", name, id, animated: false }) },
  { pattern: /<a:(\w{1,32}):(\d{1,20})>/y, rule: null, node: (name, id) => ({ type: "emoji", name, id, animated: true }) },
];

export function token(text: string, at: number, rules: Rules): Found | undefined {
  for (const { pattern, rule, node } of TOKENS) {
    const found = match(pattern, text, at);
    if (!found) continue;
    const made = rule === null || rules[rule] ? node(found[1] ?? "", found[2] ?? "") : undefined;
    return made && { node: made, end: at + found[0].length };
  }
  return undefined;
}
