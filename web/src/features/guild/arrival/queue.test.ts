/** The queue holds what belongs into it, whoever decided. */
import { expect, test } from "vitest";
import type { JoinRequest, User } from "../../../wire/types";
import { RequestQueue } from "./queue.svelte";

const USER = { id: "5", username: "bob" } as User;
const request = (id: string, application_status: JoinRequest["application_status"]) => ({ id, guild_id: "1", user_id: "5", application_status, user: USER }) as JoinRequest;
const told = (one: JoinRequest) => ({ guild_id: "1", request: one, status: one.application_status });

async function queued(...requests: readonly JoinRequest[]): Promise<RequestQueue> {
  const client = { call: () => Promise.resolve({ guild_join_requests: requests, total: requests.length }) };
  const queue = new RequestQueue(client, "1");
  await queue.load();
  return queue;
}

const ids = ({ requests }: RequestQueue) => requests.map(({ id }) => id);

test("who sends answers comes into the queue in their place, once", async () => {
  const queue = await queued(request("30", "SUBMITTED"), request("10", "SUBMITTED"));
  queue.hear("GUILD_JOIN_REQUEST_UPDATE", told(request("20", "SUBMITTED")));
  queue.hear("GUILD_JOIN_REQUEST_UPDATE", told(request("20", "SUBMITTED")));
  expect([ids(queue), queue.total, queue.hasMore]).toEqual([["30", "20", "10"], 3, false]);
});

test("what others decide, and who goes, leaves it", async () => {
  const queue = await queued(request("30", "SUBMITTED"), request("10", "SUBMITTED"));
  queue.hear("GUILD_JOIN_REQUEST_UPDATE", told(request("30", "APPROVED")));
  queue.hear("GUILD_JOIN_REQUEST_DELETE", { guild_id: "1", id: "10", user_id: "5" });
  expect([ids(queue), queue.total]).toEqual([[], 0]);
});

test("other servers and one's own requests are nothing to it", async () => {
  const queue = await queued();
  queue.hear("GUILD_JOIN_REQUEST_UPDATE", { ...told(request("20", "SUBMITTED")), guild_id: "2" });
  const own = { id: "20", guild_id: "1", user_id: "5", application_status: "SUBMITTED" } as JoinRequest;
  queue.hear("GUILD_JOIN_REQUEST_UPDATE", told(own));
  expect(ids(queue)).toEqual([]);
});
