/** Addresses and the screens they open. */
import { expect, test } from "vitest";
import { routeOf } from "./routes";

test.each([
  ["/", false, { screen: "login" }],
  ["/", true, { screen: "home", section: "servers" }],
  ["/bots", true, { screen: "home", section: "bots" }],
  ["/account", false, { screen: "login" }],
  ["/login", true, { screen: "home", section: "servers" }],
  ["/register", false, { screen: "register" }],
  ["/setup", false, { screen: "setup" }],
  ["/forgot", false, { screen: "forgot" }],
  ["/reset", true, { screen: "reset" }],
  ["/verify", true, { screen: "verify" }],
  ["/invite/abc", true, { screen: "invite", code: "abc" }],
  ["/invite/", false, { screen: "missing" }],
  ["/nowhere", true, { screen: "missing" }],
  ["/bots/deeper", true, { screen: "missing" }],
])("%s for a member (%s)", (path, member, route) => {
  expect(routeOf(path, member)).toEqual(route);
});

test("an address with a broken escape opens no screen", () => {
  expect(routeOf("/invite/%E0%A4%A", false)).toEqual({ screen: "missing" });
});
