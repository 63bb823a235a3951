/** Permissions of channels, and the search among permissions. */
import { expect, test } from "vitest";
import { CATEGORY, TEXT, VOICE } from "../channels/listed";
import { GROUPS, groupsIn, narrowed } from "./permissions";

test("a channel says nothing of the whole server, and one of text nothing of sound", () => {
  const of = (type: number) => groupsIn(type).flatMap(({ permissions }) => permissions);
  expect(of(TEXT)).not.toContain("ADMINISTRATOR");
  expect(of(TEXT)).not.toContain("SPEAK");
  expect(of(VOICE)).toContain("SPEAK");
  expect(of(CATEGORY)).toContain("SEND_MESSAGES");
});

test("a search leaves the groups in which something is found", () => {
  expect(narrowed(GROUPS, " ban_ ", (name) => name)).toEqual([{ name: "order", permissions: ["BAN_MEMBERS"] }]);
});
