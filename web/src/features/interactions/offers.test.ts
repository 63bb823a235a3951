/** What can be chosen. */
import { expect, test } from "vitest";
import { World } from "../../world/world";
import { entities, entityNamed, offerOf, sought } from "./offers";

function world(): World {
  const made = new World();
  const people = ["noor", "tobben"].map((username, at) => ({ id: String(at + 1), username, global_name: null, bot: false }));
  made.receive("CHANNEL_CREATE", { id: "5", type: 3, name: "Trip", recipients: people } as never);
  for (const user of people) made.people.users.set(user.id, user as never);
  return made;
}

test("an option is found by its name or by what is said of it, the best first", () => {
  const all = [{ label: "20 m", value: "20" }, { label: "40 m", value: "40", description: "Evenings" }, { label: "Evening net", value: "net", emoji: { name: "📡" } }].map(offerOf);
  expect(sought(all, "").map(({ value }) => value)).toEqual(["20", "40", "net"]);
  expect(sought(all, " EVEN ").map(({ value }) => value)).toEqual(["40", "net"]);
  expect(all[2]?.sign).toEqual({ kind: "emoji", emoji: { id: null, name: "📡", animated: false } });
});

test("in a private conversation its people are offered, and no roles or channels", () => {
  const there = world();
  expect(entities(there, "5", "user", "tob").map(({ label }) => label)).toEqual(["tobben"]);
  expect(entities(there, "5", "mentionable", "").map(({ value }) => value)).toEqual(["1", "2"]);
  expect([...entities(there, "5", "role", ""), ...entities(there, "5", "channel", "")]).toEqual([]);
  expect([entityNamed(there, "5", "1").label, entityNamed(there, "5", "99").label]).toEqual(["noor", "99"]);
});
