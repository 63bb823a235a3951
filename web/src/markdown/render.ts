/** HTML of a message. It holds no handler and no style: whoever shows it listens above it and reads the data. */
import { ansi } from "./ansi";
import type { Context } from "./context";
import { element, join, text, type Attributes, type Html } from "./html";
import type { Node } from "./nodes";

type Of<Type extends Node["type"]> = Extract<Node, { type: Type }>;
type Renderer<Type extends Node["type"]> = (node: Of<Type>, context: Context) => Html;

const WEB = /^https?:\/\//i;
const BREAK = element("br");
/** The page has headings of its own above those of a message. */
const HEADINGS = { 1: "h4", 2: "h5", 3: "h6" } as const;

function lines(raw: string): Html {
  return join(raw.split("\n").flatMap((line, at) => (at === 0 ? [text(line)] : [BREAK, text(line)])));
}

function anchor(url: string, attributes: Attributes, children: Html): Html {
  if (!WEB.test(url)) return children;
  return element("a", { class: "link", href: url, target: "_blank", rel: "noopener noreferrer", ...attributes }, children);
}

function button(attributes: Attributes, label: string): Html {
  return element("button", { type: "button", class: "mention", ...attributes }, text(label));
}

function mention(label: string, isMe = false): Html {
  return element("span", { class: called(isMe) }, text(label));
}

/** The class of a mention; those of the reader stand out. */
function called(isMe: boolean): string {
  return isMe ? "mention me" : "mention";
}

/** Until it is opened, what is inside can be neither read aloud, nor reached by key, nor pressed. */
function spoiler(children: Html, { words, isRevealed }: Context): Html {
  if (isRevealed) return element("span", { class: "spoiler", "data-spoiler": "open" }, element("span", {}, children));
  const label = { role: "button", tabindex: 0, "aria-expanded": "false", "aria-label": words.spoiler };
  return element("span", { class: "spoiler", "data-spoiler": "", ...label }, element("span", { inert: "" }, children));
}

function fence({ language, text: code }: Of<"fence">, { words }: Context): Html {
  const classes = language === "" ? "hljs" : `hljs language-${language}`;
  const wrap = element("button", { type: "button", class: "fence-tool", "data-wrap": "", "aria-pressed": "false" }, text(words.wrap));
  const copy = element("button", { type: "button", class: "fence-tool", "data-copy": "" }, text(words.copy));
  const head = element("div", { class: "fence-head" }, join([element("span", {}, text(language)), wrap, copy]));
  const body = element("code", { class: classes, "data-language": language }, language === "ansi" ? ansi(code) : text(code));
  return element("div", { class: "fence" }, join([head, element("pre", { tabindex: 0 }, body)]));
}

function channel({ id }: Of<"channel">, context: Context): Html {
  const known = context.channel(id);
  if (!known?.href.startsWith("/")) return mention(`#${context.words.unknownChannel}`);
  const attributes = { class: "mention", href: known.href, "data-channel": id, "data-kind": known.kind };
  return element("a", attributes, text(known.name));
}

function user({ id }: Of<"user">, context: Context): Html {
  const known = context.user(id);
  return button({ class: called(known?.isMe ?? false), "data-user": id }, `@${known?.name ?? context.words.unknownUser}`);
}

function role({ id }: Of<"role">, context: Context): Html {
  const known = context.role(id);
  if (!known) return mention(`@${context.words.unknownRole}`);
  return button({ class: called(known.isMe), "data-role": id, "data-hue": known.hue }, `@${known.name}`);
}

function place({ place: name, id }: Of<"place">, { words }: Context): Html {
  return button({ "data-place": name, "data-id": id || undefined }, words.places[name] ?? name);
}

function emoji({ name, id, animated }: Of<"emoji">, context: Context): Html {
  const own = { "data-emoji": id, "data-name": name, "data-animated": animated ? "" : undefined };
  const attributes = { src: context.emoji(id, animated), alt: `:${name}:`, ...own };
  return element("img", { class: "emoji", draggable: "false", loading: "lazy", ...attributes });
}

function unicode({ emoji: letter }: Of<"unicode">, context: Context): Html {
  const src = context.picture(letter);
  if (src === undefined) return element("span", { class: "emoji" }, text(letter));
  return element("img", { class: "emoji", draggable: "false", loading: "lazy", src, alt: letter });
}

function time({ at, style }: Of<"time">, context: Context): Html {
  const attributes = { datetime: new Date(at * 1000).toISOString(), "data-time": at, "data-style": style };
  return element("time", { ...attributes, title: context.date(at) }, text(context.time(at, style)));
}

const RENDERERS: { readonly [Type in Node["type"]]: Renderer<Type> } = {
  text: ({ text: raw }) => lines(raw),
  strong: ({ children }, context) => element("strong", {}, render(children, context)),
  em: ({ children }, context) => element("em", {}, render(children, context)),
  u: ({ children }, context) => element("u", {}, render(children, context)),
  strike: ({ children }, context) => element("s", {}, render(children, context)),
  spoiler: ({ children }, context) => spoiler(render(children, context), context),
  subtext: ({ children }, context) => element("small", { class: "subtext" }, render(children, context)),
  quote: ({ children }, context) => element("blockquote", {}, render(children, context)),
  heading: ({ level, children }, context) =>
    element(HEADINGS[level], { class: `heading-${level}` }, render(children, context)),
  list: ({ start, items }, context) => {
    const rows = join(items.map((item) => element("li", {}, render(item, context))));
    return start === null ? element("ul", {}, rows) : element("ol", { start }, rows);
  },
  code: ({ text: raw }) => element("code", {}, text(raw)),
  fence,
  link: ({ url, title, children }, context) =>
    anchor(url, { "data-masked": "", title: title || undefined }, render(children, context)),
  url: ({ url }) => anchor(url, {}, text(url)),
  user,
  role,
  channel,
  everyone: (_node, { isCalled }) => mention("@everyone", isCalled),
  here: (_node, { isCalled }) => mention("@here", isCalled),
  place,
  command: ({ name, id }) => button({ "data-command": id, "data-name": name }, `/${name}`),
  emoji,
  unicode,
  time,
};

export function render(nodes: readonly Node[], context: Context): Html {
  return join(nodes.map((node) => (RENDERERS[node.type] as Renderer<Node["type"]>)(node, context)));
}
