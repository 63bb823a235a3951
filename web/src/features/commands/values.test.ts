/** What is given to commands. */
import { expect, test } from "vitest";
import type { CommandOption } from "../../wire/types";
import type { Usable } from "./usable";
import { dataOf, flaws, read } from "./values";

const option = (type: number, more: Partial<CommandOption> = {}): CommandOption => ({ type, name: "x", description: "", ...more });
const told = (one: CommandOption, text: string) => {
  const found = read(one, { text });
  return found === null ? null : "value" in found ? found.value : found.flaw.key.replace("interactions.", "");
};

test("each type takes what it asks for", () => {
  expect(["6", " -2 ", "1.5", "x", "9007199254740993", ""].map((text) => told(option(4), text))).toEqual([6, -2, "wholeNumber", "wholeNumber", "wholeNumber", null]);
  expect(["1,5", ".5", "1e9", "2."].map((text) => told(option(10), text))).toEqual([1.5, 0.5, "number", 2]);
  expect(["1", "5", "9"].map((text) => told(option(4, { min_value: 2, max_value: 6 }), text))).toEqual(["least", 5, "most"]);
  expect(["a", "abc", "abcde"].map((text) => told(option(3, { min_length: 2, max_length: 4 }), text))).toEqual(["tooShort", "abc", "tooLong"]);
});

test("what must be chosen is not written, and what is needed must be there", () => {
  expect(told(option(5), "yes")).toBe("chooseOne");
  expect(told(option(3, { choices: [{ name: "A", value: "a" }] }), "A")).toBe("chooseOne");
  expect(read(option(6), { text: "@noor", chosen: "7" })).toEqual({ value: "7" });
  expect(flaws([option(3, { required: true })], {})).toEqual({ x: { key: "interactions.needed" } });
});

test("sub-commands hold their options, and the one that is typed says so", () => {
  const path = [{ type: 2, name: "pile", description: "" }, { type: 1, name: "add", description: "" }];
  const command = { id: "2", version: "3", type: 1, name: "stapel", name_default: "deck", guild_id: "9" };
  const sides = option(4, { name: "n" });
  const used = { command, path, options: [sides, option(3, { name: "card" })] } as unknown as Usable;
  const given = { n: { text: "4" }, card: { text: "ac" } };
  expect(dataOf(used, given)).toEqual({
    id: "2", version: "3", type: 1, name: "deck", guild_id: "9",
    options: [{ type: 2, name: "pile", options: [{ type: 1, name: "add", options: [{ type: 4, name: "n", value: 4 }, { type: 3, name: "x", value: "ac" }].map((one) => (one.name === "x" ? { ...one, name: "card" } : one)) }] }],
  });
  expect(dataOf(used, { ...given, n: { text: "" } }, "card")["options"]).toMatchObject([{ options: [{ options: [{ name: "card", value: "ac", focused: true }] }] }]);
});
