/** A message in one line without markup, for previews of replies, notifications and screen readers. */
import { withoutAnsi } from "./ansi";
import type { Names } from "./context";
import type { Node } from "./nodes";

function words(nodes: readonly Node[], names: Names): string {
  return nodes.map((node) => word(node, names)).join("");
}

/** A block keeps its distance from what stands before and after it. */
function apart(text: string): string {
  return ` ${text} `;
}

function word(node: Node, names: Names): string {
  switch (node.type) {
    case "text":
    case "code":
      return node.text;
    case "fence":
      return apart(node.language === "ansi" ? withoutAnsi(node.text) : node.text);
    case "spoiler":
      return names.words.spoiler;
    case "heading":
    case "subtext":
    case "quote":
      return apart(words(node.children, names));
    case "list":
      return apart(node.items.map((item) => words(item, names)).join(" "));
    case "strong":
    case "em":
    case "u":
    case "strike":
    case "link":
      return words(node.children, names);
    case "url":
      return node.url;
    case "emoji":
      return `:${node.name}:`;
    case "unicode":
      return node.emoji;
    case "time":
      return names.time(node.at, node.style);
    default:
      return mentionInWords(node, names);
  }
}

type Mention = Extract<Node, { type: "user" | "role" | "channel" | "everyone" | "here" | "place" | "command" }>;

/** Who or what is called, with the sign it is called by. */
export function mentionInWords(node: Mention, names: Names): string {
  switch (node.type) {
    case "user":
      return `@${names.user(node.id)?.name ?? names.words.unknownUser}`;
    case "role":
      return `@${names.role(node.id)?.name ?? names.words.unknownRole}`;
    case "channel":
      return `#${names.channel(node.id)?.name ?? names.words.unknownChannel}`;
    case "place":
      return names.words.places[node.place] ?? node.place;
    case "command":
      return `/${node.name}`;
    default:
      return `@${node.type}`;
  }
}

/** Spoilers stay hidden: the word for them stands in their place. */
export function plain(nodes: readonly Node[], names: Names): string {
  return words(nodes, names).replace(/\s+/g, " ").trim();
}
