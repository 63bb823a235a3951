/** Secrets of authenticators. */
import { expect, test } from "vitest";
import { address, newSecret, spaced } from "./totp";

test("a secret is twenty random bytes in base32", () => {
  // The first row is from RFC 4648, repeated to the length of a secret.
  const bytes = new TextEncoder().encode("foobafoobafoobafooba");
  expect(newSecret(bytes)).toBe("MZXW6YTBMZXW6YTBMZXW6YTBMZXW6YTB");
  expect(newSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(newSecret()).not.toBe(newSecret());
});

test("an authenticator reads whose secret it is and where it is good", () => {
  const read = new URL(address("ABCD", "Longwave Club", "noor"));
  expect(read.protocol).toBe("otpauth:");
  expect(decodeURIComponent(read.pathname)).toContain("Longwave Club:noor");
  expect(read.searchParams.get("secret")).toBe("ABCD");
  expect(read.searchParams.get("issuer")).toBe("Longwave Club");
});

test("a secret is shown in groups of four", () => {
  expect(spaced("ABCDEFGH")).toBe("ABCD EFGH");
});
