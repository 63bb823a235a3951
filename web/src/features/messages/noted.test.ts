/** What the server notes, in words. */
import { expect, test } from "vitest";
import type { Message } from "../../wire/types";
import { World } from "../../world/world";
import { Clock } from "./clock";
import { noteWords } from "./noted";
import { usedCommand } from "./used";

const note = (type: number, more: object = {}) =>
  noteWords(new World(), { type, content: "", mentions: [], embeds: [], author: { id: "1" }, ...more } as unknown as Message, "9", new Clock("en", "UTC"));

test("a thread is told by its name, whoever is called in it", () => {
  expect(note(18, { content: "Plans", mentions: [{ id: "2", username: "bob" }] })).toEqual({ key: "messages.note.thread", what: "Plans" });
});

test("a poll that is over says what was asked", () => {
  const fields = [{ name: "poll_question_text", value: "Where?" }, { name: "total_votes", value: "4" }];
  expect(note(46, { embeds: [{ fields }] }).what).toBe("Where?");
});

test("what a rule found is told by the rule, and by what it was found in", () => {
  const found = (facts: Readonly<Record<string, string>>) =>
    note(24, { embeds: [{ type: "auto_moderation_message", fields: Object.entries(facts).map(([name, value]) => ({ name, value })) }] });
  expect(found({ rule_name: "Slurs", channel_id: "5", decision_outcome: "blocked" })).toEqual({ key: "messages.note.blocked", what: "Slurs" });
  expect(found({ rule_name: "Slurs", channel_id: "5", decision_outcome: "flagged" }).key).toBe("messages.note.flagged");
  expect(found({ rule_name: "Names", decision_outcome: "flagged" }).key).toBe("messages.note.badName");
  expect(note(24, { embeds: [{ type: "auto_moderation_notification", fields: [] }] }).key).toBe("messages.note.raid");
});

test("who shuts a server says until when", () => {
  const { key, what } = note(36, { content: "2020-05-01T18:30:00+00:00" });
  expect(key).toBe("messages.note.shut");
  expect(what).toMatch(/May 1.*6:30/);
  expect(note(37).key).toBe("messages.note.opened");
});

test("a stage says what it is about, and who speaks there", () => {
  expect(note(27, { content: "Songs" })).toEqual({ key: "messages.note.stageBegan", what: "Songs" });
  expect([28, 29, 31].map((type) => note(type).key)).toEqual(["Ended", "Speaker", "Renamed"].map((end) => `messages.note.stage${end}`));
});

test("what nobody knows yet is told to be so", () => {
  expect(note(99).key).toBe("messages.note.unknown");
});

test("a command is called as it is typed, and a menu's by its name", () => {
  const user = { id: "2", username: "bob" };
  const used = (type: number) => usedCommand({ type, interaction: { user, name: "roll" } })?.name;
  expect([used(20), used(23), usedCommand({ type: 20 })]).toEqual(["/roll", "roll", null]);
});
