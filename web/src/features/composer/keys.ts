/** What the keys of the text do. */
import { narrow } from "../../ui/narrow.svelte";
import { actionFor } from "../keys/actions";
import { combination } from "../keys/combination";
import { broken, toggled, type MarkName } from "./edits";
import { isInCode } from "./scan";
import type { Writing } from "./writing.svelte";

const MARK_KEYS: Readonly<Record<string, MarkName>> = { b: "bold", i: "italic", u: "underline", e: "code" };

/** While an input method is composing, Enter chooses a word. */
const COMPOSING = 229;

export function isComposing(event: KeyboardEvent): boolean {
  // Safari ends the composition before it tells the key.
  // oxlint-disable-next-line typescript/no-deprecated
  return event.isComposing || event.keyCode === COMPOSING;
}

/** Whether what a key does hangs on what is still to be offered: Enter always, Tab for a word that may be completed. */
export function mayBeEarly(event: KeyboardEvent, isCompletable: boolean): boolean {
  return (event.key === "Enter" || (event.key === "Tab" && isCompletable)) && !event.shiftKey && !event.altKey && !isComposing(event);
}

export interface Deeds {
  readonly send: () => void;
  readonly chooseFiles: () => void;
  readonly record: () => void;
}

/** What is offered for what is being written. */
export interface Offering {
  readonly isOpen: boolean;
  move(step: 1 | -1): void;
  take(): void;
  close(): void;
}

/** Whether that key was ours. */
export function pressed(event: KeyboardEvent, writing: Writing, offering: Offering, deeds: Deeds): boolean {
  if (isComposing(event)) return false;
  writing.look();
  if (offering.isOpen && suggested(event, offering)) return true;
  if (event.ctrlKey || event.metaKey) return commanded(event, writing, deeds);
  if (event.altKey) return false;
  if (event.key === "Enter") return entered(event, writing, deeds);
  if (event.key === "ArrowUp" && writing.isEmpty) return event.shiftKey ? writing.talk.answerLatest() : writing.talk.editLatest();
  if (event.key === "Escape" && writing.talk.answering !== null) {
    writing.talk.stopAnswering();
    return true;
  }
  return false;
}

function suggested(event: KeyboardEvent, offering: Offering): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === "ArrowDown") offering.move(1);
  else if (event.key === "ArrowUp") offering.move(-1);
  else if (event.key === "Escape") offering.close();
  else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") offering.take();
  else return false;
  return true;
}

function commanded(event: KeyboardEvent, writing: Writing, deeds: Deeds): boolean {
  const key = event.key.toLowerCase();
  if (key === "enter" && sendsWith(writing) === "ctrl-enter") {
    deeds.send();
    return true;
  }
  if (event.shiftKey) return false;
  const mark = MARK_KEYS[key];
  // Where nothing is selected, the keys that do something on this page do it.
  if (mark === undefined || (writing.start === writing.end && isBound(event, writing))) return false;
  writing.apply(toggled(writing.field, mark));
  return true;
}

function isBound(event: KeyboardEvent, { app }: Writing): boolean {
  const held = combination(event);
  return held !== undefined && actionFor(held, app.preferences.all.keys) !== undefined;
}

/** On a phone Enter is a new line, as everywhere there. */
function sendsWith(writing: Writing): "enter" | "ctrl-enter" | "button" {
  return narrow.current && matchMedia("(hover: none)").matches ? "button" : writing.app.preferences.all.sendWith;
}

function entered(event: KeyboardEvent, writing: Writing, deeds: Deeds): boolean {
  const isNewLine = event.shiftKey || sendsWith(writing) !== "enter" || isInCode(writing.text, writing.start);
  if (isNewLine) writing.apply(broken(writing.field));
  else deeds.send();
  return true;
}
