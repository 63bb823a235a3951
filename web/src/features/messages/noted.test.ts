/** What the server notes, in words. */
import { expect, test } from "vitest";
import type { Message } from "../../wire/types";
import { World } from "../../world/world";
import { noteWords } from "./noted";
import { usedCommand } from "./used";

const note = (type: number, more: object = {}) =>
  noteWords(new World(), { type, content: "", mentions: [], embeds: [], author: { id: "1" }, ...more } as unknown as Message, "9");

test("a thread is told by its name, whoever is called in it", () => {
  expect(note(18, { content: "Plans", mentions: [{ id: "2", username: "bob" }] })).toEqual({ key: "messages.note.thread", what: "Plans" });
});

test("a poll that is over says what was asked", () => {
  const fields = [{ name: "poll_question_text", value: "Where?" }, { name: "total_votes", value: "4" }];
  expect(note(46, { embeds: [{ fields }] }).what).toBe("Where?");
});

test("what nobody knows yet is told to be so", () => {
  expect(note(99).key).toBe("messages.note.unknown");
});

test("a command is called as it is typed, and a menu's by its name", () => {
  const user = { id: "2", username: "bob" };
  const used = (type: number) => usedCommand({ type, interaction: { user, name: "roll" } })?.name;
  expect([used(20), used(23), usedCommand({ type: 20 })]).toEqual(["/roll", "roll", null]);
});
