/** Pushes and addresses as the worker reads them. */
import { expect, test } from "vitest";
import { isScreen, toNotice, type Pushed } from "./reading";

const PUSHED: Pushed = {
  title: "ada (#talk, House)",
  body: "hello",
  tag: "7",
  url: "/channels/1/7/9",
  icon: "",
  badge: 2,
  timestamp: 5,
  subscription_id: "3",
  receipt: "r",
};

test("a push becomes a notification that leads to its message", () => {
  const { title, options } = toNotice(PUSHED);
  expect(title).toBe("ada (#talk, House)");
  expect(options).toMatchObject({ body: "hello", tag: "7", data: { url: "/channels/1/7/9" }, icon: "/icons/192.png" });
});

test.each(["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])("%s is no place to go", (url) => {
  expect(toNotice({ ...PUSHED, url }).options.data).toEqual({ url: "/" });
});

test("screens are opened from what is kept, the rest is the server's", () => {
  expect(["/", "/channels/@me", "/events/1/2", "/settings/account", "/invite/abc"].every(isScreen)).toBe(true);
  expect(["/api/v10/users/@me", "/cdn/avatars/1/2.webp", "/setup", "/healthz", "/harvests/x"].some(isScreen)).toBe(false);
});
