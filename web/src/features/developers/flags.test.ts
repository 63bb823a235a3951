/** Privileges in the flags of an application. */
import { expect, test } from "vitest";
import { allowed, allowing, keeping, keepsNoSecret } from "./flags";

test("a privilege is granted by its limited bit and withdrawn with both", () => {
  const full = 1 << 18;
  expect(allowed(full, "content")).toBe(true);
  expect(allowed(full, "members")).toBe(false);
  expect(allowing(full | 1, "content", false)).toBe(1);
  expect(allowing(1, "content", true)).toBe((1 << 19) | 1);
});

test("whether it keeps a secret is said beside the privileges", () => {
  const given = allowing(0, "content", true);
  expect(keepsNoSecret(given)).toBe(false);
  expect(keepsNoSecret(keeping(given, true))).toBe(true);
  expect(keeping(keeping(given, true), false)).toBe(given);
});
