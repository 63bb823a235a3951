/** The session: what the server's answers make of it. */
import { expect, test } from "vitest";
import { Client } from "../rest/client";
import type { Turn } from "../tabs/turn";
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

/** The turns of one tab that is alone. */
const alone = (): Turn => {
  let last = Promise.resolve();
  return (_name, work) => (last = last.then(work));
};

const ann = { id: "1", username: "ann", global_name: null } as CurrentUser;
const right = { login: "ann", password: "secret" };

test("a login keeps the token and knows the person", async () => {
  const client = server({ "POST /auth/login": [200, { token: "t1" }], "GET /users/@me": [200, ann] });
  const keep = drawer();
  const session = new Session(client, keep, alone());
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
  const session = new Session(client, drawer(), alone());
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
  const session = new Session(client, drawer(), alone());
  await session.enterByPasskey((challenge) => Promise.resolve(`signed: ${challenge}`));
  expect(session.me).toEqual(ann);
});

test("a token the server no longer knows is forgotten", async () => {
  const keep = drawer({ "rift.token": "old" });
  const session = new Session(server({ "GET /users/@me": [401, { code: 0, message: "401: Unauthorized" }] }), keep, alone());
  expect(session.pending).toBe(true);
  await session.restore();
  expect(session.pending).toBe(false);
  expect(keep.kept.size).toBe(0);
});

test("a server that is away does not sign anybody out", async () => {
  const keep = drawer({ "rift.token": "good" });
  const session = new Session(server({ "GET /users/@me": [502, {}] }), keep, alone());
  await expect(session.restore()).rejects.toThrow();
  expect(keep.kept.get("rift.token")).toBe("good");
});

test("a new password brings a new token", async () => {
  const client = server({ "PATCH /users/@me": [200, { ...ann, token: "t2" }], "GET /users/@me": [200, ann] });
  const keep = drawer({ "rift.token": "t1" });
  const session = new Session(client, keep, alone());
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
  const session = new Session(client, keep, alone());
  const changing = session.modify({ password: "old", new_password: "new" });
  await expect(client.call("GET /users/@me/guilds")).rejects.toThrow();
  await changing;
  await session.settle();
  expect(keep.kept.get("rift.token")).toBe("t2");
});

test("signing out forgets the token even when the server is away", async () => {
  const keep = drawer({ "rift.token": "t1" });
  await expect(new Session(server({ "POST /auth/logout": [502, {}] }), keep, alone()).logout()).rejects.toThrow();
  expect(keep.kept.size).toBe(0);
});

test("who goes out in one tab is out in all", () => {
  const keep = drawer({ "rift.token": "t1", "rift.me": JSON.stringify(ann) });
  const [one, other] = [new Session(server({}), keep, alone()), new Session(server({}), keep, alone())];
  one.recall();
  other.recall();
  one.forget();
  expect(other.follow()).toBe(false);
  expect(other.me).toBeNull();
});

test("who goes in in one tab is asked for in the others", async () => {
  const answers: Answers = { "POST /auth/login": [200, { token: "t1" }], "GET /users/@me": [200, ann] };
  const keep = drawer();
  const [one, other] = [new Session(server(answers), keep, alone()), new Session(server(answers), keep, alone())];
  await one.login(right);
  expect(other.follow()).toBe(true);
  await other.restore();
  expect(other.me).toEqual(ann);
  expect(other.follow()).toBe(false);
});

test("a token that another tab renews is waited for, and not taken for lost", async () => {
  const keep = drawer({ "rift.token": "t1" });
  const turns = alone();
  const refusing = server({ "GET /users/@me/guilds": [401, { code: 0, message: "401: Unauthorized" }] });
  const other = new Session(refusing, keep, turns);
  const one = new Session(server({}), keep, turns);
  let renew: (answer: { token: string }) => void = () => undefined;
  const renewed = one.renewing(new Promise<{ token: string }>((resolve) => (renew = resolve)));
  await expect(refusing.call("GET /users/@me/guilds")).rejects.toThrow();
  renew({ token: "t2" });
  await renewed;
  await other.settle();
  expect([keep.getItem("rift.token"), refusing.token]).toEqual(["t2", "t2"]);
});
