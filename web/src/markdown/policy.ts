/** The only place where HTML enters the page: what was made by `html.ts`, under the policy `rift-markdown`. */
import type { Html } from "./html";

interface Policy {
  createHTML(html: string): unknown;
}

interface Factory {
  createPolicy(name: string, rules: { createHTML: (html: string) => string }): Policy;
}

/** Browsers without Trusted Types take the text itself. */
const factory = (globalThis as { readonly trustedTypes?: Factory }).trustedTypes;
const policy: Policy = factory?.createPolicy("rift-markdown", { createHTML: (html) => html }) ?? { createHTML: (html) => html };

/** There are too many hues of roles for classes; the style sheet makes a colour of each that can be read in its theme. */
function paint(place: Element): void {
  for (const mention of place.querySelectorAll<HTMLElement>("[data-hue]")) {
    mention.style.setProperty("--hue", mention.dataset["hue"] ?? "");
  }
}

export function fill(place: Element, html: Html): void {
  place.innerHTML = policy.createHTML(html) as string;
  paint(place);
}
