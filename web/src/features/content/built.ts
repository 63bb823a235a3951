/** What an application built into a message, as far as it can be read: texts, links, and the names of what can be used. */

type Component = Readonly<Record<string, unknown>>;

export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly label: string; readonly url: string }
  | { readonly kind: "control"; readonly label: string };

const TEXT = 10;
const WEB = /^https?:\/\//;

const all = (value: unknown): readonly Component[] => (Array.isArray(value) ? (value as readonly Component[]) : []);
const one = (value: unknown): Component => (typeof value === "object" && value !== null ? (value as Component) : {});
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Every piece in the order in which it stands there; what holds others is taken apart. */
export function piecesOf(components: readonly Component[]): readonly Piece[] {
  return components.flatMap((component) => [
    ...own(component),
    ...piecesOf(all(component["components"])),
    ...all(component["items"]).flatMap(media),
    ...(component["accessory"] === undefined ? [] : piecesOf([one(component["accessory"])])),
  ]);
}

function own(component: Component): readonly Piece[] {
  if (component["type"] === TEXT) return [{ kind: "text", text: text(component["content"]) }];
  const label = text(component["label"]) || text(component["placeholder"]) || text(one(component["emoji"])["name"]);
  const url = text(component["url"]);
  if (WEB.test(url)) return [{ kind: "link", label: label || url, url }];
  return label === "" ? media(component) : [{ kind: "control", label }];
}

/** A picture or a file, by what it is called. */
function media(component: Component): readonly Piece[] {
  const url = text(one(component["media"] ?? component["file"])["url"]);
  if (!WEB.test(url)) return [];
  const label = text(component["description"]) || text(component["name"]) || decodeURIComponent(new URL(url).pathname.split("/").at(-1) ?? "");
  return [{ kind: "link", label: label || url, url }];
}
