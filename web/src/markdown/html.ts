/** HTML that is safe because of how it was made: text is escaped, and elements are made of it and of one another. */

declare const SAFE: unique symbol;

export type Html = string & { readonly [SAFE]: true };

type Tag =
  | "a" | "blockquote" | "br" | "button" | "code" | "div" | "em" | "h4" | "h5" | "h6" | "img" | "li" | "ol" | "pre" | "s"
  | "small" | "span" | "strong" | "time" | "u" | "ul";

/** Only what is listed here can stand in an element: no handler and no style. */
type Attribute =
  | "alt" | "aria-expanded" | "aria-label" | "aria-pressed" | "class" | "datetime" | "draggable" | "href" | "inert" | "loading" | "rel"
  | "role" | "src" | "start" | "tabindex" | "target" | "title" | "type" | `data-${string}`;

export type Attributes = { readonly [Name in Attribute]?: string | number | undefined };

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const MORE_THAN_COLOURS = /<(?!span class="[\w -]+">|\/span>)/;

function escaped(raw: string): string {
  return raw.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? "");
}

export function text(raw: string): Html {
  return escaped(raw) as Html;
}

export function join(parts: readonly Html[]): Html {
  return parts.join("") as Html;
}

export function element(tag: Tag, attributes: Attributes = {}, children: Html | "" = ""): Html {
  let opening: string = tag;
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) opening += ` ${name}="${escaped(String(value))}"`;
  }
  return (tag === "br" || tag === "img" ? `<${opening}>` : `<${opening}>${children}</${tag}>`) as Html;
}

/** What the highlighter made, if it is nothing but text and spans with a class. */
export function coloured(html: string): Html | undefined {
  return MORE_THAN_COLOURS.test(html) ? undefined : (html as Html);
}
