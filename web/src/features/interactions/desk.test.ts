/** Requests of interactions, and the events that end them. */
import { expect, test, vi } from "vitest";
import { Desk } from "./desk";

const REQUEST = { type: 3, application_id: "1", channel_id: "2", data: {} } as const;

function set(refuse = false) {
  const asked: { nonce: string }[] = [];
  const call = vi.fn((_name: string, given: { body: { nonce: string } }) => {
    asked.push(given.body);
    return refuse ? Promise.reject(new Error("no")) : Promise.resolve(undefined);
  });
  return { desk: new Desk({ call } as never), asked };
}

test("each request hears of what came of it and of nothing else", async () => {
  const { desk, asked } = set();
  const [one, other, third] = [desk.ask(REQUEST), desk.ask(REQUEST), desk.ask(REQUEST)];
  const [a, b, c] = asked.map(({ nonce }) => nonce);
  desk.heard("INTERACTION_CREATE", { id: "7", nonce: a });
  desk.heard("INTERACTION_FAILURE", { id: "8", nonce: b, reason_code: 2 });
  desk.heard("INTERACTION_SUCCESS", { id: "7", nonce: a });
  desk.heard("APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE", { choices: [{ name: "x", value: 1 }], nonce: c });
  desk.heard("INTERACTION_SUCCESS", { id: "9", nonce: null });
  expect(await Promise.all([one, other, third])).toEqual([
    { kind: "done" },
    { kind: "failed" },
    { kind: "choices", choices: [{ name: "x", value: 1 }] },
  ]);
});

test("what is never told of has failed, and what is refused is thrown", async () => {
  vi.useFakeTimers();
  const waiting = set().desk.ask(REQUEST);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await waiting).toEqual({ kind: "failed" });
  vi.useRealTimers();
  await expect(set(true).desk.ask(REQUEST)).rejects.toThrow("no");
});
