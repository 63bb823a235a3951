/** The session: what the server's answers make of it. */
import { expect, test } from "vitest";
import { Client } from "../rest/client";
import type { CurrentUser } from "../wire/types";
import { Session, type Keep } from "./session.svelte";

type Answers = Record<string, [status: number, body: unknown]>;

/** A server that knows a few answers by "METHOD path". */
function server(answers: Answers): Client {
  return new Client((url, { method = "" }) => {
    const call = `${method} ${url.replace("/api/v10", "")}`;
    const [status, body] = answers[call] ?? [404, { code: 0, message: "404: Not Found" }];
    return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status }));
  });
}

function drawer(kept: Record<string, string> = {}): Keep & { kept: Map<string, string> } {
  const map = new Map(Object.entries(kept));
  return {
    kept: map,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  };
}

const ann = { id: "1", username: "ann", global_name: null } as CurrentUser;
const right = { login: "ann", password: "secret" };

test("a login keeps the token and knows the person", async () => {
  const client = server({ "POST /auth/login": [200, { token: "t1" }], "GET /users/@me": [200, ann] });
  const keep = drawer();
  const session = new Session(client, keep);
  expect(await session.login(right)).toBeNull();
  expect(session.me).toEqual(ann);
  expect(keep.kept.get("rift.token")).toBe("t1");
});

test("a login with a second factor is finished by a code", async () => {
  const client = server({
    "POST /auth/login": [200, { token: null, mfa: true, ticket: "x", totp: true, backup: true, webauthn: null }],
    "POST /auth/mfa/totp": [200, { token: "t1" }],
    "GET /users/@me": [200, ann],
  });
  const session = new Session(client, drawer());
  const step = await session.login(right);
  expect(step).toEqual({ ticket: "x", instanceId: null, hasCodes: true, hasBackupCodes: true, challenge: null });
  expect(session.me).toBeNull();
  if (step) await session.finish(step, "totp", "123456");
  expect(session.me).toEqual(ann);
});

test("a passkey alone lets its owner in", async () => {
  const client = server({
    "POST /auth/passwordless/start": [200, { ticket: "x", challenge: "sign this" }],
    "POST /auth/conditional/finish": [200, { token: "t1" }],
    "GET /users/@me": [200, ann],
  });
  const session = new Session(client, drawer());
  await session.enterByPasskey((challenge) => Promise.resolve(`signed: ${challenge}`));
  expect(session.me).toEqual(ann);
});

test("a token the server no longer knows is forgotten", async () => {
  const keep = drawer({ "rift.token": "old" });
  const session = new Session(server({ "GET /users/@me": [401, { code: 0, message: "401: Unauthorized" }] }), keep);
  expect(session.pending).toBe(true);
  await session.restore();
  expect(session.pending).toBe(false);
  expect(keep.kept.size).toBe(0);
});

test("a server that is away does not sign anybody out", async () => {
  const keep = drawer({ "rift.token": "good" });
  const session = new Session(server({ "GET /users/@me": [502, {}] }), keep);
  await expect(session.restore()).rejects.toThrow();
  expect(keep.kept.get("rift.token")).toBe("good");
});

test("a new password brings a new token", async () => {
  const client = server({ "PATCH /users/@me": [200, { ...ann, token: "t2" }], "GET /users/@me": [200, ann] });
  const keep = drawer({ "rift.token": "t1" });
  const session = new Session(client, keep);
  await session.modify({ password: "old", new_password: "new" });
  expect(keep.kept.get("rift.token")).toBe("t2");
  expect(client.token).toBe("t2");
  expect(session.me).toEqual(ann);
});

test("an old token that is refused while a new one comes signs nobody out", async () => {
  const client = server({
    "PATCH /users/@me": [200, { ...ann, token: "t2" }],
    "GET /users/@me": [200, ann],
    "GET /users/@me/guilds": [401, { code: 0, message: "401: Unauthorized" }],
  });
  const keep = drawer({ "rift.token": "t1" });
  const session = new Session(client, keep);
  const changing = session.modify({ password: "old", new_password: "new" });
  await expect(client.call("GET /users/@me/guilds")).rejects.toThrow();
  await changing;
  await session.settled;
  expect(keep.kept.get("rift.token")).toBe("t2");
});

test("signing out forgets the token even when the server is away", async () => {
  const keep = drawer({ "rift.token": "t1" });
  await expect(new Session(server({ "POST /auth/logout": [502, {}] }), keep).logout()).rejects.toThrow();
  expect(keep.kept.size).toBe(0);
});
