/** Rows change places, come and go. */
import { expect, test } from "vitest";
import { dropped, linesOf, moved } from "./rows";

test("a row goes up or down, and stays where there is no place for it", () => {
  expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
  expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b"], 1, 1)).toEqual(["a", "b"]);
  expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
  expect(dropped(["a", "b", "c"], 1)).toEqual(["a", "c"]);
});

test("blank lines are none", () => {
  expect(linesOf([" Be kind ", "", " Be brief", " "])).toEqual(["Be kind", "Be brief"]);
});
