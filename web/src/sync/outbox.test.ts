/** Whatever happens between a tab and the server: what was written arrives once, in order, or says why not. */
import { expect, test } from "vitest";
import { RateLimited, Refused, Unreachable } from "../rest/errors";
import type { Parcel } from "./letters";
import { settled, tab, world } from "./testing";

const ROOM = "1";

test("a message is seen before the server has it, and goes when it has", async () => {
  const around = world();
  const { outbox, arrived } = tab(around);
  void outbox.send(ROOM, { content: "hello" });
  expect(outbox.pendingIn(ROOM).map(({ body, stage }) => [body.content, stage])).toEqual([["hello", "sending"]]);
  await settled();
  expect(outbox.pendingIn(ROOM)).toEqual([]);
  expect(arrived.map(({ id }) => id)).toEqual(["1"]);
  expect(around.server.taken[0]?.body.enforce_nonce).toBe(true);
  expect(around.browser.letters.size).toBe(0);
});

test("the event alone is enough, when the answer is lost", async () => {
  const around = world();
  around.server.losesAnswers = true;
  const { outbox } = tab(around);
  await outbox.send(ROOM, { content: "hello" });
  const nonce = outbox.pendingIn(ROOM)[0]?.nonce ?? "";
  outbox.heard({ nonce });
  await around.clock.pass(60_000);
  expect(outbox.pendingIn(ROOM)).toEqual([]);
  expect(around.server.asked).toBe(1);
});

test("a lost answer is asked for again, and the message is there once", async () => {
  const around = world();
  around.server.losesAnswers = true;
  const { outbox } = tab(around);
  await outbox.send(ROOM, { content: "hello" });
  around.server.losesAnswers = false;
  await around.clock.pass(1000);
  expect(outbox.pendingIn(ROOM)).toEqual([]);
  expect(around.server.contents).toEqual(["hello"]);
  expect(around.server.asked).toBe(2);
});

test("what is written offline is sent in order and once, when the line is back", async () => {
  const around = world();
  around.online = false;
  around.server.isAway = true;
  const { outbox } = tab(around);
  for (const content of ["one", "two", "three"]) await outbox.send(ROOM, { content });
  expect(outbox.pendingIn(ROOM).map(({ stage }) => stage)).toEqual(["waiting", "waiting", "waiting"]);
  around.server.isAway = false;
  outbox.wake();
  outbox.wake();
  await settled();
  expect(around.server.contents).toEqual(["one", "two", "three"]);
  expect(outbox.pendingIn(ROOM)).toEqual([]);
});

test("it survives the page", async () => {
  const around = world();
  around.online = false;
  around.server.isAway = true;
  const before = tab(around);
  for (const content of ["one", "two"]) await before.outbox.send(ROOM, { content });
  before.outbox.stop();
  around.server.isAway = false;
  const after = tab(around);
  await after.outbox.start();
  await settled();
  expect(around.server.contents).toEqual(["one", "two"]);
});

test("of two tabs each sees what waits, and only one sends it", async () => {
  const around = world();
  around.online = false;
  around.server.isAway = true;
  const [one, other] = [tab(around), tab(around)];
  await one.outbox.start();
  await other.outbox.start();
  await one.outbox.send(ROOM, { content: "from one" });
  await around.clock.pass(1);
  await other.outbox.send(ROOM, { content: "from the other" });
  await settled();
  for (const { outbox } of [one, other]) {
    expect(outbox.pendingIn(ROOM).map(({ body }) => body.content)).toEqual(["from one", "from the other"]);
  }
  const before = around.server.asked;
  around.server.isAway = false;
  one.outbox.wake();
  other.outbox.wake();
  await settled();
  expect(around.server.contents).toEqual(["from one", "from the other"]);
  expect(around.server.asked - before).toBe(2);
  for (const { outbox } of [one, other]) expect(outbox.pendingIn(ROOM)).toEqual([]);
});

test("what is refused says why, does not hold up the rest, and can be tried again or thrown away", async () => {
  const around = world();
  const { outbox } = tab(around);
  await outbox.send(ROOM, { content: "refuse me" });
  await outbox.send(ROOM, { content: "after" });
  expect(around.server.contents).toEqual(["after"]);
  const [failed] = outbox.pendingIn(ROOM);
  expect(failed?.failure).toEqual({ kind: "refused", code: "50013", message: "Missing Permissions" });
  const again = outbox.retry(failed?.nonce ?? "");
  expect(outbox.pendingIn(ROOM)[0]?.stage).toBe("sending");
  await again;
  expect(outbox.pendingIn(ROOM)[0]?.stage).toBe("failed");
  await outbox.discard(failed?.nonce ?? "");
  expect(outbox.pendingIn(ROOM)).toEqual([]);
  expect(around.browser.letters.size).toBe(0);
});

test("a failure is seen after a reload as well, and is not sent by itself", async () => {
  const around = world();
  const before = tab(around);
  await before.outbox.send(ROOM, { content: "refuse me" });
  before.outbox.stop();
  const asked = around.server.asked;
  const { outbox } = tab(around);
  await outbox.start();
  await settled();
  expect(outbox.pendingIn(ROOM)[0]?.stage).toBe("failed");
  expect(around.server.asked).toBe(asked);
});

test("where the line is open, no answer is a failure after a few tries", async () => {
  const around = world();
  around.server.isAway = true;
  const { outbox } = tab(around);
  await outbox.send(ROOM, { content: "anybody?" });
  expect(outbox.pendingIn(ROOM)[0]?.stage).toBe("waiting");
  await around.clock.pass(1000);
  await around.clock.pass(2000);
  expect(outbox.pendingIn(ROOM)[0]?.failure).toEqual({ kind: "silent" });
  expect(around.server.asked).toBe(3);
});

test("waits grow while the network is away", async () => {
  const around = world();
  around.online = false;
  around.server.isAway = true;
  const { outbox } = tab(around);
  await outbox.send(ROOM, { content: "patience" });
  for (const seconds of [1, 2, 4, 8]) await around.clock.pass(seconds * 1000);
  expect(around.server.asked).toBe(5);
  await around.clock.pass(15_000);
  expect(around.server.asked).toBe(5);
});

test("who is asked to wait waits, and says until when", async () => {
  const around = world();
  around.server.trouble = [new RateLimited(7)];
  const { outbox } = tab(around);
  await outbox.send(ROOM, { content: "slowly" });
  expect(outbox.pendingIn(ROOM)[0]?.notBefore).toBe(around.clock.now() + 7000);
  await around.clock.pass(6999);
  expect(around.server.asked).toBe(1);
  await around.clock.pass(1);
  expect(around.server.contents).toEqual(["slowly"]);
});

test("in a slow channel the second message waits without asking", async () => {
  const around = world();
  around.slowness = 10;
  const { outbox } = tab(around);
  await outbox.send(ROOM, { content: "first" });
  expect(outbox.slowUntil(ROOM)).toBe(around.clock.now() + 10_000);
  await outbox.send(ROOM, { content: "second" });
  expect(around.server.asked).toBe(1);
  await around.clock.pass(10_000);
  expect(around.server.contents).toEqual(["first", "second"]);
});

test("channels do not wait for one another", async () => {
  const around = world();
  around.server.trouble = [new RateLimited(60)];
  const { outbox } = tab(around);
  await outbox.send(ROOM, { content: "stuck" });
  await outbox.send("2", { content: "free" });
  expect(around.server.contents).toEqual(["free"]);
});

const PARCEL: Parcel = { id: "p", file: new Blob(["x"]), filename: "x.txt", description: "an x", isSpoiler: true };

test("files are brought first, what is written meanwhile does not wait for them", async () => {
  const around = world();
  let there: (name: string) => void = () => undefined;
  around.carrier = { ...around.carrier, bring: () => new Promise((resolve) => (there = resolve)) };
  const { outbox } = tab(around);
  void outbox.send(ROOM, { content: "with a file" }, [PARCEL]);
  await outbox.send(ROOM, { content: "only words" });
  expect(outbox.isBusy).toBe(true);
  expect(around.server.contents).toEqual(["only words"]);
  there("up");
  await settled();
  expect(around.server.contents).toEqual(["only words", "with a file"]);
  expect(around.server.taken[1]?.body.attachments).toEqual([
    { id: "0", filename: "x.txt", uploaded_filename: "up", description: "an x", is_spoiler: true, duration_secs: null, waveform: null },
  ]);
});

test("a file that cannot be brought fails its message, and both are tried again together", async () => {
  const around = world();
  const answers = [Promise.reject(new Refused(413, 40_005, "too large")), Promise.resolve("up")];
  around.carrier = { ...around.carrier, bring: () => answers.shift() ?? Promise.reject(new Unreachable("")) };
  const { outbox } = tab(around);
  await outbox.send(ROOM, { content: "large" }, [PARCEL]);
  expect(outbox.pendingIn(ROOM)[0]?.failure).toEqual({ kind: "file" });
  await outbox.retry(outbox.pendingIn(ROOM)[0]?.nonce ?? "");
  expect(around.server.contents).toEqual(["large"]);
});

test("a message that is thrown away takes its files back", async () => {
  const around = world();
  const cancelled: string[] = [];
  around.carrier = { bring: () => new Promise(() => undefined), cancel: (id) => cancelled.push(id), forget: () => undefined };
  const { outbox } = tab(around);
  void outbox.send(ROOM, {}, [PARCEL]);
  await settled();
  await outbox.discard(outbox.pendingIn(ROOM)[0]?.nonce ?? "");
  expect(cancelled).toEqual(["p"]);
});
