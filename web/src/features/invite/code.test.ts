/** What people paste where an invite is asked for. */
import { expect, test } from "vitest";
import { codeOf } from "./code";

test("an invite's code is found in a link or alone", () => {
  expect(codeOf("https://chat.example/invite/Xk3bQ9/")).toBe("Xk3bQ9");
  expect(codeOf("  Xk3bQ9 ")).toBe("Xk3bQ9");
  expect(codeOf("chat.example/invite/Xk3bQ9?utm=1")).toBe("Xk3bQ9");
});
