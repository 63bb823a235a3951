/** Text before and after a key; the selection stands between two bars. */
import { expect, test } from "vitest";
import { broken, insertedWord, linked, toggled, type Edit, type Field } from "./edits";

function field(shown: string): Field {
  const start = shown.indexOf("|");
  const rest = shown.replace("|", "");
  const end = rest.indexOf("|");
  return end < 0 ? { text: rest, start, end: start } : { text: rest.replace("|", ""), start, end };
}

function after({ text }: Field, edit: Edit | undefined): string {
  if (edit === undefined) return "unchanged";
  const next = text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
  const marks = edit.start === edit.end ? "|" : `|${next.slice(edit.start, edit.end)}|`;
  return next.slice(0, edit.start) + marks + next.slice(edit.end);
}

test.each([
  ["say |this| now", "say **|this|** now"],
  ["say **|this|** now", "say |this| now"],
  ["say |**this**| now", "say |this| now"],
  ["|", "**|**"],
])("bold: %s", (before, expected) => {
  expect(after(field(before), toggled(field(before), "bold"))).toBe(expected);
});

test("one star inside two is italic of what is bold", () => {
  const before = field("**|this|**");
  expect(after(before, toggled(before, "italic"))).toBe("***|this|***");
});

test.each([
  ["- one|", "- one\n- |"],
  ["  * one|", "  * one\n  * |"],
  ["9. nine|", "9. nine\n10. |"],
  ["- one\n- |", "- one\n|"],
  ["plain|", "plain\n|"],
  ["-no list|", "-no list\n|"],
])("a new line after %j", (before, expected) => {
  expect(after(field(before), broken(field(before)))).toBe(expected);
});

test("an address pasted on words makes them a link, on nothing it does not", () => {
  const words = field("see |the parts list|");
  expect(after(words, linked(words, "https://example.org/a "))).toBe("see [the parts list](https://example.org/a)|");
  expect(linked(field("see |"), "https://example.org")).toBeUndefined();
  expect(linked(field("|https://example.com|"), "https://example.org")).toBeUndefined();
  expect(linked(words, "no address")).toBeUndefined();
});

test("a word that is put in stands apart", () => {
  const before = field("hi|");
  expect(after(before, insertedWord(before, "🔥"))).toBe("hi 🔥 |");
});
