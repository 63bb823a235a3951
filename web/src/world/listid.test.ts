/** A channel's member list has the id that the server gives it. */
import { expect, test } from "vitest";
import { EVERYONE, listIdOf, murmur3 } from "./listid";
import type { World } from "./world";

test.each([
  ["", 0],
  ["a", 1009084850],
  ["allow:1,deny:2", 172257501],
  ["äöü€", 2221158070],
  ["deny:123456789012345678", 1252621309],
])("the hash of %o is the server's", (text, hash) => {
  expect(murmur3(text)).toBe(hash);
});

const VIEW = "1024";
const NOTHING = "0";

function world(everyone: string, ...overwrites: readonly { id: string; allow: string; deny: string }[]): World {
  const channel = { id: "3", guild_id: "1", permission_overwrites: overwrites };
  return {
    channels: { byId: new Map([["3", channel]]) },
    roles: { of: () => new Map([["1", { id: "1", permissions: everyone }]]) },
  } as unknown as World;
}

test("a channel that is open to all shows everyone", () => {
  expect(listIdOf(world(VIEW), "3")).toBe(EVERYONE);
  expect(listIdOf(world(VIEW, { id: "2", allow: VIEW, deny: NOTHING }), "3")).toBe(EVERYONE);
});

test("a channel that is closed to some goes by who is let in and who is not", () => {
  const both = [{ id: "2", allow: NOTHING, deny: VIEW }, { id: "1", allow: VIEW, deny: NOTHING }];
  expect(listIdOf(world(VIEW, ...both), "3")).toBe("172257501");
  expect(listIdOf(world(NOTHING, { id: "1", allow: VIEW, deny: NOTHING }), "3")).toBe(String(murmur3("allow:1")));
});
