/** Which invites to this place a text holds. */
import type { Node } from "../../markdown/nodes";

const MOST = 3;

function addresses(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap((node) => {
    if (node.type === "url" || node.type === "link") return node.preview ? [node.url] : [];
    if (node.type === "list") return node.items.flatMap(addresses);
    return node.type !== "spoiler" && "children" in node ? addresses(node.children) : [];
  });
}

/** The codes of links to our own server's invites, each once. */
export function codesIn(nodes: readonly Node[], origin: string): readonly string[] {
  const codes = addresses(nodes).flatMap((address) => {
    if (!URL.canParse(address)) return [];
    const url = new URL(address);
    const code = /^\/invite\/([\w-]+)$/.exec(url.pathname)?.[1];
    return url.origin === origin && code !== undefined ? [code] : [];
  });
  return [...new Set(codes)].slice(0, MOST);
}
