/** The best few of many, in time. */
import { expect, test } from "vitest";
import { best, fit, fitAny } from "./ranking";

test("whole names before beginnings, beginnings before words, words before the rest", () => {
  const names = ["banana", "anna b", "dr anna", "anna"];
  expect(best(names, (name) => fit(name, "anna"), 4)).toEqual(["anna", "anna b", "dr anna"]);
  expect(fit("banana", "ana")).toBe(3);
});

test("any of several names may fit", () => {
  expect(fitAny([null, "Night Owl", "junia"], "owl")).toBe(2);
});

test("among equals the first come first", () => {
  expect(best(["ab", "ac", "ad"], (name) => fit(name, "a"), 2)).toEqual(["ab", "ac"]);
});

test("to find the best of fifty thousand names is faster than to sort them", () => {
  const names = Array.from({ length: 50_000 }, (_, place) => `${((place * 7919) % 50_021).toString(36)}.${place}`);
  const fastest = (work: () => unknown) =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const started = performance.now();
        work();
        return performance.now() - started;
      }),
    );
  const sorting = fastest(() => names.toSorted((one, other) => one.localeCompare(other)));
  expect(fastest(() => best(names, (name) => fitAny([name, "Some Nick"], "x9"), 10))).toBeLessThan(sorting);
});
