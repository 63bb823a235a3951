/** Links that ask for consent. */
import { expect, test } from "vitest";
import { consentUrl } from "./url";

test("a bot is asked in with its permissions", () => {
  const url = new URL(consentUrl("https://chat.example", "7", { scopes: ["bot"], permissions: 3072n, redirect: "" }));
  expect(url.pathname).toBe("/oauth2/authorize");
  expect(Object.fromEntries(url.searchParams)).toEqual({ client_id: "7", scope: "bot", permissions: "3072" });
});

test("a login returns to an address with a code", () => {
  const redirect = "https://app.example/back?x=1";
  const url = new URL(consentUrl("https://chat.example", "7", { scopes: ["identify", "guilds"], permissions: 1n, redirect }));
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: "7",
    scope: "identify guilds",
    response_type: "code",
    redirect_uri: redirect,
  });
});
