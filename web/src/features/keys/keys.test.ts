/** Keys: how they are written, bound, found and obeyed. */
import { expect, test } from "vitest";
import { Translator } from "../../i18n/catalogue";
import en from "../../i18n/en/near";
import { ACTIONS, actionFor, ALL_ACTIONS, bind, conflict, GROUPS, keysOf } from "./actions";
import { combination, lettered } from "./combination";
import { matching } from "./found";
import { Keys } from "./keys.svelte";
import { next } from "./places";

const held = { key: "u", code: "KeyU", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test("keys held together are one word in a fixed order", () => {
  expect(combination({ ...held, ctrlKey: true, shiftKey: true })).toBe("Ctrl+Shift+U");
  expect(combination({ ...held, metaKey: true })).toBe("Ctrl+U");
  expect(combination({ ...held, key: "ArrowUp", code: "ArrowUp", altKey: true })).toBe("Alt+ArrowUp");
  expect(combination({ ...held, key: "Shift", shiftKey: true })).toBeUndefined();
});

test("a letter goes by its place on keyboards that write others", () => {
  expect(combination({ ...held, key: "к", code: "KeyR", ctrlKey: true })).toBe("Ctrl+R");
});

test("a sign is the same with and without Shift", () => {
  expect(combination({ ...held, key: "/", code: "Digit7", ctrlKey: true, shiftKey: true })).toBe("Ctrl+/");
  expect(actionFor("Ctrl+/", {})).toBe("shortcuts");
});

test("every action has keys of its own and a place in the list", () => {
  expect(new Set(Object.values(ACTIONS)).size).toBe(ALL_ACTIONS.length);
  expect(Object.values(GROUPS).flat().sort()).toEqual([...ALL_ACTIONS].sort());
});

test("keys bound anew replace the first ones, and conflicts are told", () => {
  const bound = bind("inbox", "Ctrl+K", {});
  expect(keysOf("inbox", bound)).toBe("Ctrl+K");
  expect(conflict("inbox", bound)).toBe("quick-switcher");
  expect(conflict("search", bound)).toBeUndefined();
  expect(bind("inbox", ACTIONS.inbox, bound)).toEqual({});
  expect(actionFor("Ctrl+I", bound)).toBeUndefined();
  expect(conflict("inbox", bind("inbox", "", bound))).toBeUndefined();
});

test("the room that came last is asked first, and one that has nothing to do passes on", () => {
  const keys = new Keys();
  const done: string[] = [];
  keys.on("inbox", () => done.push("first"));
  const leave = keys.on("inbox", () => done.push("second"));
  keys.on("inbox", () => false);
  expect(keys.run("inbox")).toBe(true);
  leave();
  keys.run("inbox");
  expect(done).toEqual(["second", "first"]);
  expect(keys.run("search")).toBe(false);
});

test("the way goes around the end, over those that will not do", () => {
  const all = ["a", "b", "c"];
  expect(next(all, "c", 1)).toBe("a");
  expect(next(all, "a", -1)).toBe("c");
  expect(next(all, "a", 1, (id) => id === "c")).toBe("c");
  expect(next(all, null, 1)).toBe("a");
  expect(next(all, null, -1)).toBe("c");
  expect(next(all, "a", 1, () => false)).toBeUndefined();
  expect(next<string>([], null, 1)).toBeUndefined();
});

test("actions are found by words and by keys", () => {
  const look = (sought: string) => matching(ALL_ACTIONS, sought, (key) => new Translator("en", en).say(key), {});
  expect(look("ctrl+k")).toEqual(["quick-switcher"]);
  expect(look("emoji")).toEqual(["pick-emoji"]);
  expect(look("")).toEqual(ALL_ACTIONS);
});

test("keys are shown as they are lettered", () => {
  expect(lettered("Ctrl+Shift+ArrowUp", false)).toEqual(["Ctrl", "Shift", "↑"]);
  expect(lettered("Ctrl+K", true)).toEqual(["⌘", "K"]);
  expect(lettered("Ctrl++", false)).toEqual(["Ctrl", "+"]);
});
