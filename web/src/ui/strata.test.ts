/** Default pictures are the same everywhere and differ from one another. */
import { expect, test } from "vitest";
import { strata } from "./strata";

test("an id always draws the same picture, another id another one", () => {
  expect(strata("42")).toEqual(strata("42"));
  expect(strata("42")).not.toEqual(strata("43"));
});
