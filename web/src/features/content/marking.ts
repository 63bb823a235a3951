/** Brings a rendered message to life: what is pressed in it, colours of code, times that stay true, names of emojis. */
import { Check, Copy, createElement, WrapText } from "lucide";
import type { Html } from "../../markdown/html";
import { fill } from "../../markdown/policy";
import type { Times } from "../../markdown/time";
import type { Snowflake } from "../../wire/types";
import { emojiUrl } from "../pictures";

/** What is asked for by a press in a message. */
export interface Reactions {
  /** An address of our own client. */
  go(path: string): void;
  showPerson(userId: Snowflake, at: Element): void;
  /** A page of the server that is no channel. */
  openPage(name: string): void;
  copy(text: string): Promise<boolean>;
  /** What an emoji is called, and where it comes from. */
  emojiTitle(id: Snowflake, name: string): string;
}

const AGAIN_S = 3600;
const DONE_MS = 2000;

/** Fills a place and keeps it alive until it is filled anew; spoilers that were opened stay open. */
export function marked(html: Html, times: Times, reactions: Reactions): (place: HTMLElement) => () => void {
  return (place) => {
    const opened = spoilersOf(place).map((spoiler) => spoiler.ariaExpanded === "true");
    fill(place, html);
    spoilersOf(place).forEach((spoiler, at) => opened[at] === true && open(spoiler));
    dress(place);
    const stop = new AbortController();
    const options = { signal: stop.signal };
    place.addEventListener("click", (event) => press(event, reactions), options);
    place.addEventListener("keydown", (event) => key(event), options);
    place.addEventListener("pointerover", (event) => hover(event, reactions), options);
    place.addEventListener("pointerout", (event) => rest(event), options);
    keepTrue(place, times, stop.signal);
    return () => stop.abort();
  };
}

function spoilersOf(place: Element): Element[] {
  return [...place.querySelectorAll(".spoiler")];
}

/** Drawings on the buttons, colours in the code, and whole addresses behind words. */
function dress(place: Element): void {
  for (const button of place.querySelectorAll("[data-copy]")) button.prepend(createElement(Copy));
  for (const button of place.querySelectorAll("[data-wrap]")) button.prepend(createElement(WrapText));
  for (const link of place.querySelectorAll<HTMLAnchorElement>("a[data-masked]:not([title])")) link.title = link.href;
  for (const code of place.querySelectorAll<HTMLElement>("code[data-language]:not([data-language=''])")) {
    // Without its colours code can be read as well.
    if (code.dataset["language"] !== "ansi") colour(code).catch(() => code.classList.add("plain"));
  }
}

/** Code in its colours; the grammar is fetched. */
export async function colour(code: HTMLElement): Promise<void> {
  const { highlight } = await import("../../markdown/highlight");
  await highlight(code);
}

function press(event: MouseEvent, reactions: Reactions): void {
  if (!(event.target instanceof Element)) return;
  const spoiler = event.target.closest(".spoiler");
  const part = event.target.closest<HTMLElement>("a, [data-user], [data-place], [data-copy], [data-wrap]");
  if (spoiler?.ariaExpanded === "false") open(spoiler);
  else if (part === null) return;
  else if (part instanceof HTMLAnchorElement) follow(event, part, reactions);
  else if (part.dataset["user"] !== undefined) reactions.showPerson(part.dataset["user"], part);
  else if (part.dataset["place"] !== undefined) reactions.openPage(part.dataset["place"]);
  else if (part.dataset["wrap"] !== undefined) wrap(part);
  else void copy(part, reactions);
}

function key(event: KeyboardEvent): void {
  if (!(event.target instanceof Element) || (event.key !== "Enter" && event.key !== " ")) return;
  if (event.target.ariaExpanded !== "false" || !event.target.matches(".spoiler")) return;
  event.preventDefault();
  open(event.target);
}

function open(spoiler: Element): void {
  spoiler.ariaExpanded = "true";
  spoiler.removeAttribute("tabindex");
  spoiler.removeAttribute("role");
  spoiler.removeAttribute("aria-label");
  spoiler.firstElementChild?.removeAttribute("inert");
}

/** What leads to our own client stays in this page. */
function follow(event: MouseEvent, link: HTMLAnchorElement, reactions: Reactions): void {
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!isPlain || link.origin !== location.origin || !/^\/(channels|invite)\//.test(link.pathname)) return;
  event.preventDefault();
  reactions.go(link.pathname);
}

function wrap(button: Element): void {
  const isOn = button.closest(".fence")?.classList.toggle("wrapped") === true;
  button.ariaPressed = String(isOn);
}

async function copy(button: Element, reactions: Reactions): Promise<void> {
  const text = button.closest(".fence")?.querySelector("code")?.textContent ?? "";
  if (!(await reactions.copy(text))) return;
  button.querySelector("svg")?.replaceWith(createElement(Check));
  setTimeout(() => button.querySelector("svg")?.replaceWith(createElement(Copy)), DONE_MS);
}

/** Names are told when somebody asks for them by pointing; then what moves, moves. */
function hover({ target }: Event, reactions: Reactions): void {
  if (!(target instanceof HTMLImageElement)) return;
  const { emoji, name = "", animated } = target.dataset;
  if (emoji === undefined) return;
  target.title = reactions.emojiTitle(emoji, name);
  if (animated === undefined || target.src.includes(".gif")) return;
  target.dataset["still"] = target.src;
  target.src = emojiUrl(emoji, true);
}

function rest({ target }: Event): void {
  if (!(target instanceof HTMLImageElement) || target.dataset["still"] === undefined) return;
  target.src = target.dataset["still"];
  delete target.dataset["still"];
}

/** Says anew how long ago it was, as soon as the words are no longer true. */
function keepTrue(place: Element, times: Times, signal: AbortSignal): void {
  const all = [...place.querySelectorAll<HTMLElement>("time[data-style='R']")];
  if (all.length === 0) return;
  const said = all.map((one) => {
    const { text, forS } = times.relative(Number(one.dataset["time"]));
    if (one.textContent !== text) one.textContent = text;
    return forS;
  });
  const timer = setTimeout(() => keepTrue(place, times, signal), Math.min(...said, AGAIN_S) * 1000);
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
}
