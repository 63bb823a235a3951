/** Links to the consent page. */
import { expect, test } from "vitest";
import { permissionsOf, queryOf } from "./asked";

test("a link is read as far as it makes sense", () => {
  expect(queryOf("?client_id=7&scope=bot%20identify&permissions=8&evil=1&state=")).toEqual({ client_id: "7", scope: "bot identify", permissions: "8" });
  expect(queryOf("?scope=bot")).toBeNull();
});

test("permissions that are no number are none", () => {
  expect(permissionsOf("3072")).toBe(3072n);
  expect(permissionsOf("lots")).toBe(0n);
  expect(permissionsOf(null)).toBe(0n);
});
