/** How far one's own request is. */
import { expect, test } from "vitest";
import type { Client } from "../../rest/client";
import { Refused, Unreachable } from "../../rest/errors";
import type { JoinRequest } from "../../wire/types";
import { OwnRequest } from "./own.svelte";

const request = (user_id: string, application_status: JoinRequest["application_status"]) => ({ guild_id: "1", user_id, application_status }) as JoinRequest;
const answering = (answer: () => Promise<unknown>) => ({ call: answer }) as unknown as Pick<Client, "call">;

test("it is asked for, and who has made none has none", async () => {
  const own = new OwnRequest(answering(() => Promise.resolve(request("5", "SUBMITTED"))), "1", "5");
  await own.load();
  expect(own.isSent).toBe(true);
  const none = new OwnRequest(answering(() => Promise.reject(new Refused(404, 0, "none"))), "1", "5");
  await none.load();
  expect(none.now).toBeNull();
});

test("where the server does not answer, nothing is made up", async () => {
  const own = new OwnRequest(answering(() => Promise.reject(new Unreachable("gone"))), "1", "5");
  await expect(own.load()).rejects.toThrow("gone");
});

test("it goes on by what the gateway tells, of oneself and this server only", () => {
  const own = new OwnRequest(answering(() => Promise.resolve(null)), "1", "5");
  const tell = (guild_id: string, user: string) => own.hear("GUILD_JOIN_REQUEST_UPDATE", { guild_id, request: request(user, "SUBMITTED"), status: "SUBMITTED" });
  tell("1", "6");
  tell("2", "5");
  expect(own.isSent).toBe(false);
  tell("1", "5");
  expect(own.isSent).toBe(true);
});
