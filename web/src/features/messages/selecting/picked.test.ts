/** What is picked: single messages, ranges that grow and shrink, and where one is afterwards. */
import { expect, test } from "vitest";
import { drop, extend, NONE, staying, toggle } from "./picked";

const ORDER = ["1", "2", "3", "4", "5"];
const idsOf = ({ ids }: { readonly ids: ReadonlySet<string> }) => [...ids].sort().join("");

test("one is picked and let go", () => {
  const one = toggle(NONE, "2");
  expect(idsOf(one)).toBe("2");
  expect(idsOf(toggle(one, "2"))).toBe("");
});

test("a range goes both ways from where it began, and keeps what was picked before", () => {
  const begun = toggle(toggle(NONE, "5"), "3");
  expect(idsOf(extend(begun, ORDER, "1"))).toBe("1235");
  const down = extend(begun, ORDER, "4");
  expect(idsOf(down)).toBe("345");
  expect(idsOf(extend(down, ORDER, "3"))).toBe("35");
});

test("a range without a beginning picks one", () => {
  expect(idsOf(extend(NONE, ORDER, "3"))).toBe("3");
  expect(idsOf(extend(toggle(NONE, "9"), ORDER, "3"))).toBe("39");
});

test("what is deleted is picked no longer, and begins no range", () => {
  const left = drop(toggle(toggle(NONE, "2"), "3"), ["3"]);
  expect(idsOf(left)).toBe("2");
  expect(idsOf(extend(left, ORDER, "5"))).toBe("25");
});

test("one is left at the next message that stays, or at the last before", () => {
  expect(staying(ORDER, new Set(["2", "3"]))).toBe("4");
  expect(staying(ORDER, new Set(["4", "5"]))).toBe("3");
  expect(staying(ORDER, new Set(ORDER))).toBeUndefined();
});
