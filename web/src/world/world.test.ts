/** What the parts of the world do that captured traffic does not show: windows, clocks, counts. */
import { expect, test } from "vitest";
import type { Message, Poll } from "../wire/types";
import { MOST, Messages } from "./messages";
import { lengthOf, MemberLists } from "./memberlists";
import { Table } from "./table";
import { Typing } from "./typing";
import { World } from "./world";

const message = (id: number, more: Partial<Message> = {}) =>
  ({ id: String(id), channel_id: "1", content: "", mentions: [], attachments: [], ...more }) as unknown as Message;

const page = (from: number, count: number) => Array.from({ length: count }, (_, place) => message(from + place)).reverse();

const ids = (messages: Messages) => messages.of("1").messages.map(({ id }) => Number(id));

test("a stretch keeps to its size and gives up the end that is farther away", () => {
  const messages = new Messages(() => false);
  messages.take("1", "latest", page(1000, 50), true);
  for (let first = 950; first >= 800; first -= 50) messages.take("1", "before", page(first, 50), true);
  expect(ids(messages)).toHaveLength(MOST);
  expect(messages.of("1")).toMatchObject({ fromStart: false, toEnd: false });
  expect(ids(messages)[0]).toBe(800);
  messages.on.MESSAGE_CREATE?.(message(2000));
  expect(ids(messages)).not.toContain(2000);
});

test("new messages are added only where the stretch reaches the end, and once", () => {
  const messages = new Messages(() => false);
  messages.on.MESSAGE_CREATE?.(message(1));
  expect(ids(messages)).toEqual([]);
  messages.take("1", "latest", [], false);
  for (let time = 0; time < 2; time++) messages.on.MESSAGE_CREATE?.(message(2));
  expect(ids(messages)).toEqual([2]);
});

test("a reaction counts up and down, and goes with the last who has it", () => {
  const messages = new Messages((id) => id === "me");
  messages.take("1", "latest", [message(5)], false);
  const emoji = { id: null, name: "x" };
  const by = (user_id: string) => ({ user_id, channel_id: "1", message_id: "5", emoji }) as never;
  // One's own is shown at once, and told of later.
  for (let time = 0; time < 2; time++) messages.on.MESSAGE_REACTION_ADD?.(by("me"));
  messages.on.MESSAGE_REACTION_ADD?.(by("other"));
  expect(messages.find("1", "5")?.reactions).toMatchObject([{ count: 2, me: true }]);
  messages.on.MESSAGE_REACTION_REMOVE?.(by("me"));
  expect(messages.find("1", "5")?.reactions).toMatchObject([{ count: 1, me: false }]);
  messages.on.MESSAGE_REACTION_REMOVE?.(by("other"));
  expect(messages.find("1", "5")?.reactions).toBeUndefined();
});

test("a vote counts up and down, and what one chose oneself outlasts the news of others", () => {
  const messages = new Messages((id) => id === "me");
  const asked = (results: Poll["results"]): Poll => ({ ...bare, ...(results === undefined ? {} : { results }) });
  const bare = { question: { text: "?" }, answers: [], expiry: "", allow_multiselect: false, layout_type: 1 };
  messages.take("1", "latest", [message(5, { poll: asked(undefined) })], false);
  const by = (user_id: string, answer_id: number) => ({ user_id, channel_id: "1", message_id: "5", answer_id });
  const counts = () => messages.find("1", "5")?.poll?.results?.answer_counts;
  messages.on.MESSAGE_POLL_VOTE_ADD?.(by("other", 2));
  for (let time = 0; time < 2; time++) messages.on.MESSAGE_POLL_VOTE_ADD?.(by("me", 1));
  expect(counts()).toEqual([
    { id: 1, count: 1, me_voted: true },
    { id: 2, count: 1, me_voted: false },
  ]);
  const told = counts()?.map((it) => ({ ...it, me_voted: false })) ?? [];
  messages.on.MESSAGE_UPDATE?.(message(5, { poll: asked({ answer_counts: told, is_finalized: true }) }));
  expect(counts()?.[0]?.me_voted).toBe(true);
  messages.on.MESSAGE_POLL_VOTE_REMOVE?.(by("me", 1));
  expect(counts()).toEqual([{ id: 2, count: 1, me_voted: false }]);
});

test("an answer shows what became of the message it answers", () => {
  const messages = new Messages(() => false);
  const answer = message(6, { referenced_message: message(5), message_reference: { channel_id: "1", message_id: "5", type: 0 } });
  messages.take("1", "latest", [answer, message(5)], false);
  messages.on.MESSAGE_UPDATE?.(message(5, { content: "new" }));
  expect(messages.find("1", "6")?.referenced_message?.content).toBe("new");
  messages.on.MESSAGE_DELETE?.({ channel_id: "1", id: "5" });
  expect(messages.find("1", "6")?.referenced_message).toBeNull();
});

test("whoever writes is shown for ten seconds, or until their message is there", () => {
  let now = 0;
  const typing = new Typing(() => now);
  const start = (user_id: string) => typing.on.TYPING_START?.({ channel_id: "1", user_id, timestamp: 0 });
  start("2");
  now = 9000;
  start("3");
  expect(typing.writing("1")).toEqual(["2", "3"]);
  now = 10_001;
  expect(typing.writing("1")).toEqual(["3"]);
  typing.on.MESSAGE_CREATE?.({ channel_id: "1", author: { id: "3" } } as never);
  expect(typing.writing("1")).toEqual([]);
});

test("rows of a member list come, move and go", () => {
  const lists = new MemberLists();
  const member = (id: string) => ({ member: { user: { id } } }) as never;
  const update = (count: number, ...ops: object[]) =>
    lists.on.GUILD_MEMBER_LIST_UPDATE?.({
      id: "everyone",
      guild_id: "9",
      member_count: count,
      online_count: count,
      groups: [{ id: "online", count }],
      ops: ops as never,
    });
  update(2, { op: "SYNC", range: [0, 99], items: [{ group: { id: "online", count: 2 } }, member("1"), member("2")] });
  expect(lists.of("9", "everyone")?.rows).toEqual([{ group: "online" }, { user: "1" }, { user: "2" }]);
  update(2, { op: "DELETE", index: 1 }, { op: "INSERT", index: 2, item: member("1") });
  expect(lists.of("9", "everyone")?.rows).toEqual([{ group: "online" }, { user: "2" }, { user: "1" }]);
  update(2, { op: "INVALIDATE", range: [0, 2] });
  expect(lists.of("9", "everyone")?.rows).toEqual([undefined, undefined, undefined]);
  expect(lengthOf([{ id: "online", count: 0 }])).toBe(0);
});

test("who looks at a record is told when it changes, and not when another does", () => {
  const table = new Table<number>();
  const heard: string[] = [];
  const unwatch = table.watch("a", () => heard.push("a"));
  table.watchAll(() => heard.push("any"));
  table.set("b", 1);
  table.set("a", 1);
  table.set("a", 1);
  table.delete("a");
  unwatch();
  table.set("a", 2);
  expect(heard).toEqual(["any", "a", "any", "a", "any", "any"]);
});

test("another tab goes on from a picture, with what is not kept as well", () => {
  const one = new World(() => 0);
  one.messages.take("1", "latest", [message(5)], false);
  one.typing.on.TYPING_START?.({ channel_id: "1", user_id: "7", timestamp: 0 });
  one.memberLists.byId.set("1/everyone", { groups: [], online: 3, rows: [] });
  const [kept, whole] = [new World(() => 0), new World(() => 0)];
  kept.recall(structuredClone(one.dump()));
  whole.recall(structuredClone(one.picture()));
  const seen = (world: World) => [ids(world.messages), world.typing.writing("1"), world.memberLists.of("1", "everyone")?.online];
  expect(seen(kept)).toEqual([[5], [], undefined]);
  expect(seen(whole)).toEqual([[5], ["7"], 3]);
});
