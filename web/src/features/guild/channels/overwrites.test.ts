/** Changing what a channel says. */
import { expect, test } from "vitest";
import { PERMISSIONS } from "../../../permissions/permissions";
import type { KnownChannel } from "../../../world/channels";
import { isSynced, OF_ROLE, triOf, withOne, withTri } from "./overwrites";

const channel = (permission_overwrites: KnownChannel["permission_overwrites"]) => ({ id: "1", type: 0, flags: 0, permission_overwrites }) as KnownChannel;

test("of three answers only one holds at a time", () => {
  const empty = withOne([], "7", OF_ROLE);
  const allowed = withTri(empty, "7", "SEND_MESSAGES", "allow");
  expect(triOf(allowed, "7", "SEND_MESSAGES")).toBe("allow");
  const denied = withTri(allowed, "7", "SEND_MESSAGES", "deny");
  expect(denied[0]).toMatchObject({ allow: "0", deny: PERMISSIONS.SEND_MESSAGES.toString() });
  expect(withTri(denied, "7", "SEND_MESSAGES", "inherit")).toEqual(empty);
});

test("a channel is in step with its category when both say the same, in any order", () => {
  const one = { id: "7", type: 0, allow: "1024", deny: "0" };
  const other = { id: "8", type: 0, allow: "0", deny: "2048" };
  const silent = { id: "9", type: 0, allow: "0", deny: "0" };
  expect(isSynced(channel([one, other]), channel([other, silent, one]))).toBe(true);
  expect(isSynced(channel([one]), channel([one, other]))).toBe(false);
});
