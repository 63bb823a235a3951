/** Rows that change places. */
import { expect, test, vi } from "vitest";
import { moved, Reorder } from "./reorder.svelte";

test("one id goes to its new place, the others keep their order", () => {
  expect(moved(["a", "b", "c", "d"], "a", 2)).toEqual(["b", "c", "a", "d"]);
  expect(moved(["a", "b", "c", "d"], "d", 0)).toEqual(["d", "a", "b", "c"]);
});

test("a row moves one place, but not over an end nor over one that is fixed", () => {
  const onmoved = vi.fn();
  const order = new Reorder({ ids: () => ["fixed", "a", "b"], isFree: (id) => id !== "fixed", onmoved });
  order.move("a", -1);
  order.move("b", 1);
  order.move("fixed", 1);
  expect(onmoved).not.toHaveBeenCalled();
  order.move("a", 1);
  expect(onmoved).toHaveBeenCalledWith(["fixed", "b", "a"], "a");
});
