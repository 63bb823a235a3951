/** Which pages of a server's settings somebody may open. */
import { expect, test } from "vitest";
import { EVERYTHING, PERMISSIONS } from "../../permissions/permissions";
import { openPages } from "./pages";

test("the list of servers is spoken of only where the instance has one", () => {
  expect(openPages(EVERYTHING, { discovery: true })).toContain("discovery");
  expect(openPages(EVERYTHING, { discovery: false })).not.toContain("discovery");
  expect(openPages(EVERYTHING, null)).not.toContain("discovery");
});

test("whoever lets people in sees their requests, and only who manages server and roles asks newcomers", () => {
  expect(openPages(PERMISSIONS.KICK_MEMBERS, null)).toEqual(["requests", "members"]);
  expect(openPages(PERMISSIONS.MANAGE_GUILD, null)).not.toContain("onboarding");
  expect(openPages(PERMISSIONS.MANAGE_GUILD | PERMISSIONS.MANAGE_ROLES, null)).toContain("onboarding");
});
