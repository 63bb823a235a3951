/** Colours that a terminal would show: escape codes in blocks of code whose language is `ansi`. */
import { element, join, text, type Html } from "./html";

// oxlint-disable-next-line no-control-regex
const CODE = /\u001B\[([\d;]{0,32})m/g;
const NAMES: Readonly<Record<string, string>> = { "1": "bold", "4": "underline" };

/** What is switched on: a weight, a line, a colour, a background. */
type Look = ReadonlyMap<string, string>;

function slot(code: number): string {
  return code < 30 ? String(code) : code < 40 ? "colour" : "ground";
}

function changed(look: Look, codes: string): Look {
  const next = new Map(look);
  for (const code of codes.split(";").map(Number)) {
    if (code === 0) next.clear();
    else if (code === 1 || code === 4 || (code >= 30 && code <= 37) || (code >= 40 && code <= 47)) {
      next.set(slot(code), `ansi-${NAMES[code] ?? code}`);
    }
  }
  return next;
}

function piece(raw: string, look: Look): Html {
  return look.size === 0 || raw === "" ? text(raw) : element("span", { class: [...look.values()].join(" ") }, text(raw));
}

export function ansi(raw: string): Html {
  const parts: Html[] = [];
  let look: Look = new Map();
  let at = 0;
  for (const { 0: code, 1: codes = "", index } of raw.matchAll(CODE)) {
    parts.push(piece(raw.slice(at, index), look));
    look = changed(look, codes);
    at = index + code.length;
  }
  parts.push(piece(raw.slice(at), look));
  return join(parts);
}

export function withoutAnsi(raw: string): string {
  return raw.replace(CODE, "");
}
