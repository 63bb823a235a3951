/** The stores: what an event or an answer makes of them. */
import { expect, test } from "vitest";
import { Api } from "../rest/api";
import { Client } from "../rest/client";
import type { Guild, User } from "../rest/types";
import { allowed, Applications, GRANTS } from "./applications.svelte";
import { apply, canManage, Guilds, isOwner } from "./guilds.svelte";
import { codeOf } from "./invites";
import { Session, type Keep } from "./session.svelte";

type Answers = Record<string, [status: number, body: unknown]>;

/** A server that knows a few answers by "METHOD path". */
function server(answers: Answers) {
  const asked: string[] = [];
  const client = new Client((url, { method = "" }) => {
    const call = `${method} ${url.replace("/api/v10", "")}`;
    asked.push(call);
    const [status, body] = answers[call] ?? [404, { code: 0, message: "404: Not Found" }];
    return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status }));
  });
  return { api: new Api(client), asked, answers };
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

const ann: User = { id: "1", username: "ann", global_name: null };
const club: Guild = { id: "7", name: "Club", icon: null, owner_id: "1" };

test("events change a copy of the map", () => {
  const before = new Map([[club.id, club]]);
  const renamed = apply(before, { t: "GUILD_UPDATE", d: { ...club, name: "Clubhouse" } });
  expect(renamed.get("7")?.name).toBe("Clubhouse");
  expect(before.get("7")?.name).toBe("Club");
  expect(apply(before, { t: "GUILD_DELETE", d: { id: "7" } }).size).toBe(0);
});

test("owners and those who manage a server may add bots, others not", () => {
  const ben: User = { ...ann, id: "2" };
  expect(isOwner(club, ann)).toBe(true);
  expect(canManage(club, ben)).toBe(false);
  expect(canManage({ ...club, permissions: "32" }, ben)).toBe(true);
  expect(canManage({ ...club, owner: false, permissions: "8" }, ben)).toBe(true);
});

test("an invite leads into the first text channel", async () => {
  const { api } = server({
    "GET /guilds/7/channels": [
      200,
      [
        { id: "30", type: 2, name: "Voice", position: 0 },
        { id: "20", type: 0, name: "later", position: 2 },
        { id: "10", type: 0, name: "general", position: 1 },
      ],
    ],
    "POST /channels/10/invites": [200, { code: "abc" }],
  });
  expect(await new Guilds(api).invite("7")).toBe("abc");
});

test("a server without a text channel has no invite", async () => {
  const { api } = server({ "GET /guilds/7/channels": [200, []] });
  expect(await new Guilds(api).invite("7")).toBeNull();
});

test("a login keeps the token and knows the person", async () => {
  const { api } = server({
    "POST /auth/login": [200, { token: "t1" }],
    "GET /users/@me": [200, ann],
  });
  const keep = drawer();
  const session = new Session(api, keep);
  expect(await session.login("ann", "secret")).toBe("in");
  expect(session.me).toEqual(ann);
  expect(keep.kept.get("rift.token")).toBe("t1");
});

test("a second factor leaves everybody outside", async () => {
  const { api } = server({ "POST /auth/login": [200, { mfa: true, ticket: "x" }] });
  const session = new Session(api, drawer());
  expect(await session.login("ann", "secret")).toBe("second-factor");
  expect(session.me).toBeNull();
});

test("a token the server no longer knows is forgotten", async () => {
  const { api } = server({ "GET /users/@me": [401, { code: 0, message: "401: Unauthorized" }] });
  const keep = drawer({ "rift.token": "old" });
  const session = new Session(api, keep);
  expect(session.pending).toBe(true);
  await session.restore();
  expect(session.pending).toBe(false);
  expect(keep.kept.size).toBe(0);
});

test("a server that is away does not sign anybody out", async () => {
  const { api } = server({ "GET /users/@me": [502, {}] });
  const keep = drawer({ "rift.token": "good" });
  const session = new Session(api, keep);
  await expect(session.restore()).rejects.toThrow();
  expect(keep.kept.get("rift.token")).toBe("good");
});

test("a new password brings a new token", async () => {
  const { api } = server({ "PATCH /users/@me": [200, { ...ann, token: "t2" }] });
  const keep = drawer({ "rift.token": "t1" });
  await new Session(api, keep).changePassword("old", "new");
  expect(keep.kept.get("rift.token")).toBe("t2");
  expect(api.client.token).toBe("t2");
});

test("signing out forgets the token even when the server is away", async () => {
  const { api } = server({ "POST /auth/logout": [502, {}] });
  const keep = drawer({ "rift.token": "t1" });
  await expect(new Session(api, keep).logout()).rejects.toThrow();
  expect(keep.kept.size).toBe(0);
});

test("a privilege is granted by its limited bit and withdrawn with both", async () => {
  const bot = { id: "9", name: "b", flags: 1 << 18 };
  expect(allowed(bot, "content")).toBe(true);
  const { api, asked } = server({ "PATCH /applications/9": [200, { ...bot, flags: 0 }] });
  const applications = new Applications(api);
  await applications.allow(bot, "content", false);
  expect(asked).toEqual(["PATCH /applications/9"]);
  expect(applications.list[0]?.flags).toBe(0);
});

test("what a bot may do is told in Discord's bits", () => {
  expect(BigInt(GRANTS.talk) & 2048n).toBe(2048n);
  expect(BigInt(GRANTS.talk) & 8n).toBe(0n);
  expect(GRANTS.administrator).toBe("8");
});

test("an invite's code is found in a link or alone", () => {
  expect(codeOf("https://chat.example/invite/Xk3bQ9/")).toBe("Xk3bQ9");
  expect(codeOf("  Xk3bQ9 ")).toBe("Xk3bQ9");
  expect(codeOf("chat.example/invite/Xk3bQ9?utm=1")).toBe("Xk3bQ9");
});
