/** Addresses and the screens they open. */
import { expect, test } from "vitest";
import { routeOf } from "./routes";

test.each([
  ["/", false, "login", []],
  ["/", true, "chat", []],
  ["/channels/@me", true, "chat", []],
  ["/share", true, "chat", []],
  ["/events/1/2", true, "chat", []],
  ["/events/1", true, "missing", []],
  ["/channels/1/2/3", true, "chat", []],
  ["/channels/1", false, "login", []],
  ["/settings", true, "settings", []],
  ["/settings/privacy", true, "settings", ["privacy"]],
  ["/settings/privacy", false, "login", []],
  ["/developers/7/bot", true, "developers", ["7", "bot"]],
  ["/oauth2/authorize", true, "oauth2", ["authorize"]],
  ["/discover", true, "discover", []],
  ["/template/hgM48av5Q69A", true, "template", ["hgM48av5Q69A"]],
  ["/template/hgM48av5Q69A", false, "login", []],
  ["/template/a/b", true, "missing", []],
  ["/admin/reports", true, "admin", ["reports"]],
  ["/login", true, "chat", []],
  ["/register", false, "register", []],
  ["/setup", false, "setup", []],
  ["/forgot", false, "forgot", []],
  ["/reset", true, "reset", []],
  ["/verify", true, "verify", []],
  ["/invite/abc", true, "invite", ["abc"]],
  ["/invite/", false, "missing", []],
  ["/nowhere", true, "missing", []],
  ["/nowhere/deeper", true, "missing", []],
  ["/invite/%E0%A4%A", false, "missing", []],
])("%s for a member (%s) opens %s", (path, member, screen, rest) => {
  expect(routeOf(path, member)).toEqual({ screen, rest });
});
