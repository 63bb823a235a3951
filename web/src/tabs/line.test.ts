/** Of several tabs one has the socket; whatever becomes of it, all know the same and nothing is lost. */
import { expect, test } from "vitest";
import { House, settled, type Page } from "./testing";

async function house(tabs = 2): Promise<{ house: House; pages: readonly Page[]; one: Page; other: Page }> {
  const whole = new House();
  const pages = [];
  for (let place = 0; place < tabs; place++) pages.push(await whole.open());
  const [one, other] = pages as [Page, Page];
  return { house: whole, pages, one, other };
}

async function say(whole: House, ...words: string[]): Promise<void> {
  for (const word of words) whole.gateway.tell("MESSAGE_CREATE", word);
  await settled();
}

test("two tabs have one session, and both hear everything", async () => {
  const { house: whole, one, other } = await house();
  await say(whole, "a", "b");
  expect(whole.gateway.begun).toBe(1);
  expect([one.known, other.known]).toEqual([["a", "b"], ["a", "b"]]);
  expect([one.state, other.state]).toEqual(["open", "open"]);
});

test("who comes later knows what was told before", async () => {
  const { house: whole } = await house(1);
  await say(whole, "a");
  const late = await whole.open();
  await say(whole, "b");
  expect(late.known).toEqual(["a", "b"]);
});

test("events are told to other tabs, where there are any", async () => {
  const { house: whole } = await house(1);
  const told = () => whole.words.filter(({ kind }) => kind === "heard").length;
  await say(whole, "a");
  await whole.open();
  expect(told()).toBe(0);
  await say(whole, "b");
  expect(told()).toBe(1);
});

test("when the tab with the socket closes, another goes on with the same session", async () => {
  const { house: whole, one, other } = await house();
  const leaving = one.close();
  whole.gateway.tell("MESSAGE_CREATE", "meanwhile");
  await leaving;
  await say(whole, "after");
  expect(other.known).toEqual(["meanwhile", "after"]);
  expect(whole.gateway.begun).toBe(1);
  expect(other.state).toBe("open");
});

test("the last tab that closes ends the session", async () => {
  const { house: whole, one, other } = await house();
  await one.close();
  await other.close();
  expect(whole.gateway.sessions.size).toBe(0);
});

test("when it crashes, all that the others had not heard is told again", async () => {
  const { house: whole, pages, one } = await house(3);
  await say(whole, "a");
  one.freeze();
  await say(whole, "sent, and never heard");
  await one.crash();
  await say(whole, "b");
  const all = ["a", "sent, and never heard", "b"];
  expect(pages.slice(1).map(({ known }) => known)).toEqual([all, all]);
  expect(whole.gateway.begun).toBe(1);
});

test("a frozen tab loses the socket, and hears all of it when it is awake again", async () => {
  const { house: whole, one, other } = await house();
  one.freeze();
  await say(whole, "a");
  expect(other.known).toEqual([]);
  await whole.pass(10_000);
  await whole.pass(8000);
  expect(other.known).toEqual(["a"]);
  await say(whole, "b");
  expect(other.known).toEqual(["a", "b"]);
  await one.thaw();
  await say(whole, "c");
  expect([one.known, other.known]).toEqual([["a", "b", "c"], ["a", "b", "c"]]);
  expect(whole.gateway.begun).toBe(1);
});

test("who slept oneself does not take the socket from who is awake", async () => {
  const { house: whole, one, other } = await house();
  await whole.pass(10_000);
  const { hearing } = whole.gateway.session;
  other.freeze();
  await whole.pass(3_600_000);
  await other.thaw();
  await whole.pass(1);
  expect(whole.gateway.session.hearing).toBe(hearing);
  expect(one.state).toBe("open");
});

test("offline and back, both are told what they missed by one session", async () => {
  const { house: whole, one, other } = await house();
  whole.gateway.isAway = true;
  whole.gateway.drop();
  await say(whole, "missed");
  expect([one.state, other.state]).toEqual(["waiting", "waiting"]);
  whole.gateway.isAway = false;
  other.line.retry();
  await settled();
  expect([one.known, other.known]).toEqual([["missed"], ["missed"]]);
  expect([one.state, other.state]).toEqual(["open", "open"]);
  expect(whole.gateway.begun).toBe(1);
});

test("a session that cannot go on begins anew for all", async () => {
  const { house: whole, one, other } = await house();
  await say(whole, "a");
  whole.gateway.sessions.clear();
  await one.close();
  await whole.pass(1000);
  await say(whole, "b");
  expect(other.known).toEqual(["b"]);
  expect(whole.gateway.begun).toBe(2);
});

test("a page that is put away and comes back knows all again", async () => {
  const { house: whole, one, other } = await house();
  one.line.stop();
  await say(whole, "a");
  one.line.start();
  await settled();
  await say(whole, "b");
  expect([one.known, other.known]).toEqual([["a", "b"], ["a", "b"]]);
  expect(whole.gateway.begun).toBe(1);
});

test("what any tab asks is asked once, and what it looked at goes with it", async () => {
  const { house: whole, one, other } = await house();
  other.line.say(8, "members");
  one.line.look("g", { c: [[0, 99]] });
  other.line.look("g", { c: [[0, 99]], d: [[0, 99]] });
  await settled();
  const { said } = whole.gateway.session;
  expect(said.map(({ op }) => op)).toEqual([37, 8, 37]);
  expect(said.at(-1)?.d).toMatchObject({ subscriptions: { g: { channels: { c: [[0, 99]], d: [[0, 99]] } } } });
  await other.crash();
  expect(said.at(-1)?.d).toMatchObject({ subscriptions: { g: { channels: { c: [[0, 99]] } } } });
});

test("whoever goes on with the session says what all look at, and gives up what only the dead one did", async () => {
  const { house: whole, one, other } = await house();
  one.line.look("g", { c: [[0, 99]] });
  other.line.look("h", { d: [[0, 99]] });
  await settled();
  const { said } = whole.gateway.session;
  said.length = 0;
  await one.crash();
  const last = Object.assign({}, ...said.map(({ d }) => (d as { subscriptions: object }).subscriptions)) as unknown;
  expect(last).toMatchObject({ g: { channels: {} }, h: { channels: { d: [[0, 99]] } } });
});

test("the reader is in front where they came last, and then where the socket is", async () => {
  const { one, other } = await house();
  expect([one.line.isFront, other.line.isFront]).toEqual([true, false]);
  other.line.come();
  await settled();
  expect([one.line.isFront, other.line.isFront]).toEqual([false, true]);
  await other.close();
  expect(one.line.isFront).toBe(true);
});

test("a refused token ends the line in every tab, and a new one opens it", async () => {
  const { house: whole, one, other } = await house();
  const { session } = whole.gateway;
  whole.gateway.sessions.clear();
  session.hearing?.onClose(4004);
  await settled();
  expect([one.state, other.state]).toEqual(["ended", "ended"]);
  other.line.enter("new");
  one.line.enter("new");
  await settled();
  expect([one.state, other.state]).toEqual(["open", "open"]);
  expect(whole.gateway.begun).toBe(2);
});
