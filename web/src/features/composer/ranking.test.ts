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

test("fifty thousand names take less than fifty milliseconds", () => {
  const names = Array.from({ length: 50_000 }, (_, place) => `${(place * 7919).toString(36)}.${place}`);
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    best(names, (name) => fitAny([name, "Some Nick"], "x9"), 10);
    return performance.now() - started;
  });
  expect(Math.min(...times)).toBeLessThan(50);
});
