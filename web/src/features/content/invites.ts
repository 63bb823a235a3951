/** Which invites to this place a text holds, and which links to other pages of it. */
import type { Node } from "../../markdown/nodes";

const MOST = 3;

function addresses(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap((node) => {
    if (node.type === "url" || node.type === "link") return node.preview ? [node.url] : [];
    if (node.type === "list") return node.items.flatMap(addresses);
    return node.type !== "spoiler" && "children" in node ? addresses(node.children) : [];
  });
}

/** What links to our own server's pages of a shape name, each once. */
export function namedIn(nodes: readonly Node[], origin: string, shape: RegExp): readonly string[] {
  const named = addresses(nodes).flatMap((address) => {
    if (!URL.canParse(address)) return [];
    const url = new URL(address);
    const found = shape.exec(url.pathname)?.slice(1).join("/");
    return url.origin === origin && found !== undefined ? [found] : [];
  });
  return [...new Set(named)].slice(0, MOST);
}

/** The codes of links to our own server's invites. */
export function codesIn(nodes: readonly Node[], origin: string): readonly string[] {
  return namedIn(nodes, origin, /^\/invite\/([\w-]+)$/);
}
