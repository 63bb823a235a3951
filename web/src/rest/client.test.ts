/** The REST client against answers as a server sends them. */
import { expect, test } from "vitest";
import { Client } from "./client";
import { flatten, RateLimited, Refused, Unreachable } from "./errors";

function answering(status: number, body: unknown, headers: Record<string, string> = {}) {
  const asked: { url: string; init: RequestInit }[] = [];
  const client = new Client((url, init) => {
    asked.push({ url, init });
    const text = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
    return Promise.resolve(new Response(text, { status, headers }));
  });
  return { client, asked };
}

test("a request carries the token and its body as JSON", async () => {
  const { client, asked } = answering(200, { id: "1" });
  client.token = "abc";
  expect(await client.request("POST", "/guilds", { name: "x" })).toEqual({ id: "1" });
  expect(asked[0]?.url).toBe("/api/v10/guilds");
  expect(asked[0]?.init.headers).toEqual({ authorization: "abc", "content-type": "application/json" });
  expect(asked[0]?.init.body).toBe('{"name":"x"}');
});

test("an answer without content is undefined", async () => {
  expect(await answering(204, undefined).client.request("POST", "/auth/logout")).toBeUndefined();
});

test("field errors are told by their path", async () => {
  const { client } = answering(400, {
    code: 50035,
    message: "Invalid Form Body",
    errors: { username: { _errors: [{ code: "USERNAME_ALREADY_TAKEN", message: "Taken." }] } },
  });
  const problem = await client.request("POST", "/auth/register", {}).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(Refused);
  expect((problem as Refused).fields).toEqual({
    username: { code: "USERNAME_ALREADY_TAKEN", message: "Taken." },
  });
});

test("nested field errors keep their way down", () => {
  const deep = { a: { 0: { b: { _errors: [{ code: "C", message: "M" }] } } } };
  expect(flatten(deep)).toEqual({ "a.0.b": { code: "C", message: "M" } });
  expect(flatten(null)).toEqual({});
});

test("a rate limit says how long to wait, from the body or the header", async () => {
  const body = answering(429, { retry_after: 2.5, message: "slow down" }).client;
  await expect(body.request("GET", "/x")).rejects.toMatchObject({ seconds: 2.5 });
  const header = answering(429, "<html>", { "retry-after": "7" }).client;
  const problem = await header.request("GET", "/x").catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(RateLimited);
  expect((problem as RateLimited).seconds).toBe(7);
});

test("no answer, a server error and a page instead of JSON are all unreachable", async () => {
  const silent = new Client(() => Promise.reject(new TypeError("network")));
  await expect(silent.request("GET", "/x")).rejects.toBeInstanceOf(Unreachable);
  await expect(answering(502, "<html>").client.request("GET", "/x")).rejects.toBeInstanceOf(Unreachable);
  await expect(answering(200, "<html>").client.request("GET", "/x")).rejects.toBeInstanceOf(Unreachable);
});

test("a rejected token is reported once it was really sent", async () => {
  const { client } = answering(401, { code: 0, message: "401: Unauthorized" });
  let rejected = 0;
  client.onRejected = () => (rejected += 1);
  await expect(client.request("GET", "/users/@me")).rejects.toBeInstanceOf(Refused);
  expect(rejected).toBe(0);
  client.token = "old";
  await expect(client.request("GET", "/users/@me")).rejects.toBeInstanceOf(Refused);
  expect(rejected).toBe(1);
});

test("what needs proof is asked once more with it, and the proof is good for what comes next", async () => {
  const sent: (string | undefined)[] = [];
  const client = new Client((_, { headers }) => {
    const proof = (headers as Record<string, string>)["x-discord-mfa-authorization"];
    sent.push(proof);
    const wanted = { code: 60003, message: "Two factor is required", mfa: { ticket: "t", methods: [{ type: "totp" }] } };
    return Promise.resolve(proof === undefined ? Response.json(wanted, { status: 401 }) : Response.json({ ok: true }));
  });
  client.token = "abc";
  client.onRejected = () => expect.unreachable("a proof that is wanted is no rejected token");
  client.prove = ({ ticket, methods }) => Promise.resolve(`${ticket}:${methods[0]?.type}`);
  expect(await client.request("POST", "/users/@me/disable", {})).toEqual({ ok: true });
  expect(await client.request("POST", "/users/@me/delete", {})).toEqual({ ok: true });
  expect(sent).toEqual([undefined, "t:totp", "t:totp"]);
});

test("who does not prove anything is refused", async () => {
  const { client } = answering(401, { code: 60003, message: "Two factor is required", mfa: { ticket: "t", methods: [] } });
  await expect(client.request("POST", "/users/@me/disable", {})).rejects.toMatchObject({ code: 60003 });
});
