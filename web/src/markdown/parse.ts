/** Discord's markdown, read from left to right in time that grows with the text and not faster. */
import { block, type Block } from "./blocks";
import { EMOJI } from "./emoji";
import { destination, enclosed, written } from "./links";
import { brackets, Emphasis, Finder, NONE, Ticks } from "./marks";
import type { Node, Span } from "./nodes";
import { LABEL, MESSAGE, type Rules } from "./rules";
import { match } from "./sticky";
import { token } from "./tokens";

/** Deeper markup than this is left as text. */
export const DEEPEST = 24;

const SPECIAL = new RegExp(String.raw`${EMOJI}|https?:\/\/|[\\*_~|<\[@¯\n\x60]`, "giu");
const ESCAPED = new RegExp(String.raw`\\(${EMOJI}|[^0-9A-Za-z\s])`, "uy");
const EVERYONE = /@(everyone|here)/y;
const SHRUG = String.raw`¯\_(ツ)_/¯`;
const FENCE = "```";
const FENCE_OPENING = /```(?:([\w+\-.#]+)\n)?\n*/y;
const FENCE_PLAIN = /```\n*/y;
const CODE_PADDING = /^ (?=`)|(?<=`) $/g;

/** Where in the message a text stands. */
interface Place {
  readonly rules: Rules;
  readonly depth: number;
  readonly isLineStart: boolean;
  readonly isInQuote: boolean;
  readonly isInEmphasis: boolean;
}

/** How far in `text` a reading came; undefined if nothing began there. */
type Reading = number | undefined;

class Reader {
  private readonly nodes: Node[] = [];
  private pending = "";
  private readonly stars = lazy(() => new Emphasis(this.text, "*"));
  private readonly lines = lazy(() => new Emphasis(this.text, "_"));
  private readonly ticks = lazy(() => new Ticks(this.text));
  private readonly pairs = lazy(() => brackets(this.text));
  private readonly bars = lazy(() => new Finder(this.text, /\|\|/g));
  private readonly waves = lazy(() => new Finder(this.text, /~~(?!_)/g));
  private readonly addresses = lazy(() => new Finder(this.text, /https?:\/\//gi));
  private readonly lastFence = lazy(() => this.text.lastIndexOf(FENCE));

  constructor(
    private readonly text: string,
    private readonly place: Place,
  ) {}

  read(): Node[] {
    const { length } = this.text;
    let at = this.place.isLineStart ? this.blocks(0) : 0;
    while (at < length) {
      SPECIAL.lastIndex = at;
      const found = SPECIAL.exec(this.text);
      this.pending += this.text.slice(at, found ? found.index : length);
      at = found ? this.special(found[0], found.index) : length;
    }
    this.flush();
    return this.nodes;
  }

  /** What a special character begins, or the character itself. */
  private special(found: string, at: number): number {
    if (found === "\n") {
      this.pending += found;
      return this.blocks(at + 1);
    }
    const end = this.begun(found, at);
    if (end !== undefined) return end;
    // Where a run of backticks opens nothing, no part of it does.
    const next = found === "`" ? this.ticks().end(at) : at + 1;
    return this.literal(this.text.slice(at, next), next);
  }

  private begun(found: string, at: number): Reading {
    const { rules } = this.place;
    if (found === "<") return this.token(at);
    if (found === "@") return rules.mentions ? this.everyone(at) : undefined;
    if (found.endsWith("//")) return rules.links ? this.address(at) : undefined;
    if (found.length > 1 || found.charCodeAt(0) > 0xff) {
      return this.push({ type: "unicode", emoji: found }, at + found.length);
    }
    return rules.marks ? this.marked(found, at) : undefined;
  }

  private marked(found: string, at: number): Reading {
    switch (found) {
      case "\\":
        return this.escaped(at);
      case "¯":
        return this.text.startsWith(SHRUG, at) ? this.literal(SHRUG, at + SHRUG.length) : undefined;
      case "*":
        return this.emphasis(this.stars(), "strong", at);
      case "_":
        return this.emphasis(this.lines(), "u", at);
      case "~":
        return this.twofold("~~", this.waves(), "strike", at);
      case "|":
        return this.place.rules.spoilers ? this.twofold("||", this.bars(), "spoiler", at) : undefined;
      case "[":
        return this.masked(at);
      default:
        return this.fence(at) ?? this.code(at);
    }
  }

  /** All blocks that follow one another from this start of a line. */
  private blocks(at: number): number {
    const { rules, depth, isInQuote } = this.place;
    if (!rules.blocks || depth >= DEEPEST) return at;
    let next = at;
    for (let found = block(this.text, next, isInQuote); found; found = block(this.text, next, isInQuote)) {
      this.push(this.blockNode(found), found.end);
      next = found.end;
    }
    return next;
  }

  private blockNode(found: Block): Node {
    switch (found.type) {
      case "heading":
        return { type: "heading", level: found.level, children: this.inner(found.text) };
      case "subtext":
        return { type: "subtext", children: this.inner(found.text) };
      case "quote":
        return { type: "quote", children: this.inner(found.text, { isLineStart: true, isInQuote: true }) };
      case "list":
        return { type: "list", start: found.start, items: found.items.map((item) => this.inner(item, { isLineStart: true })) };
    }
  }

  private token(at: number): Reading {
    const found = token(this.text, at, this.place.rules);
    if (found) return this.push(found.node, found.end);
    const link = this.place.rules.links ? enclosed(this.text, at) : undefined;
    return link && this.push({ type: "url", url: link.url, preview: false }, link.end);
  }

  private everyone(at: number): Reading {
    const found = match(EVERYONE, this.text, at);
    return found ? this.push({ type: found[1] as "everyone" | "here" }, at + found[0].length) : undefined;
  }

  private address(at: number): Reading {
    const url = written(this.text, at);
    return url === undefined ? undefined : this.push({ type: "url", url, preview: true }, at + url.length);
  }

  private escaped(at: number): Reading {
    const found = match(ESCAPED, this.text, at)?.[1];
    return found === undefined ? undefined : this.literal(found, at + 1 + found.length);
  }

  /** Of italics and the two-mark span that could begin here, the longer one. */
  private emphasis(marks: Emphasis, double: "strong" | "u", at: number): Reading {
    const single = marks.single(at);
    const pair = marks.double(at);
    if (single === NONE && pair === NONE) return undefined;
    if (pair === NONE || (single !== NONE && single + 1 >= pair + 2)) return this.italic(at, single);
    return this.span(double, at + 2, pair, 2);
  }

  /** Italics in italics are the same italics. */
  private italic(at: number, end: number): Reading {
    if (!this.place.isInEmphasis) return this.span("em", at + 1, end, 1);
    if (this.place.depth >= DEEPEST) return undefined;
    for (const node of this.inner(this.text.slice(at + 1, end))) this.push(node, end);
    return end + 1;
  }

  private twofold(mark: string, finder: Finder, type: Span, at: number): Reading {
    if (!this.text.startsWith(mark, at)) return undefined;
    const end = finder.from(at + 3);
    return end === NONE ? undefined : this.span(type, at + 2, end, 2);
  }

  private span(type: Span, start: number, end: number, markLength: number): Reading {
    if (this.place.depth >= DEEPEST) return undefined;
    const isInEmphasis = this.place.isInEmphasis || type === "em";
    return this.push({ type, children: this.inner(this.text.slice(start, end), { isInEmphasis }) }, end + markLength);
  }

  /** A link may not be hidden behind another address. */
  private masked(at: number): Reading {
    const { rules, depth } = this.place;
    const close = rules.masked && depth < DEEPEST ? this.pairs().get(at) : undefined;
    if (close === undefined || this.text[close + 1] !== "(") return undefined;
    const inside = this.addresses().from(at);
    const found = inside > close ? destination(this.text, close + 2) : undefined;
    const label = found ? this.text.slice(at + 1, close) : "";
    if (!found || label.trim() === "") return undefined;
    const { url, title, preview, end } = found;
    return this.push({ type: "link", url, title, preview, children: this.inner(label, { rules: LABEL }) }, end);
  }

  /** A block of code: its language stands alone on the first line. */
  private fence(at: number): Reading {
    if (!this.place.rules.fences || !this.text.startsWith(FENCE, at)) return undefined;
    return this.fenced(FENCE_OPENING, at) ?? this.fenced(FENCE_PLAIN, at);
  }

  private fenced(opening: RegExp, at: number): Reading {
    const found = match(opening, this.text, at);
    const start = at + (found?.[0].length ?? 0);
    if (!found || this.lastFence() <= start) return undefined;
    const close = this.text.indexOf(FENCE, start + 1);
    const text = withoutLastBreaks(this.text.slice(start, close));
    const end = this.push({ type: "fence", language: (found[1] ?? "").toLowerCase(), text }, close + FENCE.length);
    return this.text[end] === "\n" ? this.blocks(end + 1) : end;
  }

  private code(at: number): Reading {
    const closing = this.ticks().closing(at);
    if (!closing) return undefined;
    const text = this.text.slice(at + closing.length, closing.at).replace(CODE_PADDING, "");
    return this.push({ type: "code", text }, closing.at + closing.length);
  }

  private inner(text: string, changes: Partial<Place> = {}): Node[] {
    return new Reader(text, { ...this.place, isLineStart: false, depth: this.place.depth + 1, ...changes }).read();
  }

  private literal(text: string, end: number): number {
    this.pending += text;
    return end;
  }

  private push(node: Node, end: number): number {
    if (node.type === "text") return this.literal(node.text, end);
    this.flush();
    this.nodes.push(node);
    return end;
  }

  private flush(): void {
    if (this.pending !== "") this.nodes.push({ type: "text", text: this.pending });
    this.pending = "";
  }
}

function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

function withoutLastBreaks(text: string): string {
  let end = text.length;
  while (text[end - 1] === "\n") end--;
  return text.slice(0, end);
}

export function parse(text: string, rules: Rules = MESSAGE): Node[] {
  const lines = text.replace(/\r\n?/g, "\n");
  return new Reader(lines, { rules, depth: 0, isLineStart: true, isInQuote: false, isInEmphasis: false }).read();
}
