/** Who is called stands by name. */
import { expect, test } from "vitest";
import type { Names } from "../../markdown/context";
import { named } from "./named";

const NAMES = {
  words: { unknownUser: "somebody" },
  user: (id: string) => (id === "1" ? { name: "bob", isMe: false } : undefined),
  role: () => ({ name: "Cooks", isMe: false, hue: undefined }),
  channel: () => ({ name: "lounge", href: "/", kind: "text" }),
} as unknown as Names;

test("those who are called are named, and the rest stays as it was written", () => {
  expect(named("**hey** <@1> <@!2> <@&3> <#4> <@x> ||b||", NAMES)).toBe("**hey** @bob @somebody @Cooks #lounge <@x> ||b||");
});
