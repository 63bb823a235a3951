/** What was begun is there again, and is nobody else's. */
import { expect, test } from "vitest";
import { Drafts, type Drawer } from "./drafts";

function drawer(): Drawer {
  const all = new Map<string, string>();
  return {
    getItem: (key) => all.get(key) ?? null,
    setItem: (key, value) => void all.set(key, value),
    removeItem: (key) => void all.delete(key),
  };
}

test("a draft survives the page", () => {
  const kept = drawer();
  const draft = { text: "half a thought", answer: { messageId: "5", mention: false }, files: ["a.png"] };
  new Drafts(kept, "me").set("1", draft);
  expect(new Drafts(kept, "me").of("1")).toEqual(draft);
  expect(new Drafts(kept, "you").of("1")).toEqual({ text: "" });
});

test("an empty draft is none", () => {
  const kept = drawer();
  const drafts = new Drafts(kept, "me");
  drafts.set("1", { text: "x" });
  drafts.set("1", { text: "  " });
  expect(drafts.channels()).toEqual([]);
  expect(new Drafts(kept, "me").channels()).toEqual([]);
});

test("two tabs do not write over one another's channels", () => {
  const kept = drawer();
  const [one, other] = [new Drafts(kept, "me"), new Drafts(kept, "me")];
  one.set("1", { text: "one" });
  other.set("2", { text: "two" });
  one.reread();
  expect(one.of("2").text).toBe("two");
  expect(new Drafts(kept, "me").of("1").text).toBe("one");
});

test("what cannot be read is as good as nothing", () => {
  const kept = drawer();
  kept.setItem("rift.drafts.me", "{");
  expect(new Drafts(kept, "me").of("1")).toEqual({ text: "" });
});
