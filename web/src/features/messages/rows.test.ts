/** Rows of a list: who speaks on, where days and the unread begin, and who is not heard. */
import { expect, test } from "vitest";
import type { Message } from "../../wire/types";
import { firstAfter, rowsOf, steady, type Reader, type Row } from "./rows";

const START = new Date(2026, 10, 21, 9, 0).getTime();

interface Said {
  readonly at?: number;
  readonly by?: string;
  readonly type?: number;
  readonly webhook_id?: string;
  readonly name?: string;
}

const say = (id: number, { at = id, by = "ada", type = 0, name = by, webhook_id }: Said = {}) =>
  ({
    id: String(id),
    type,
    author: { id: by, username: name, avatar: null },
    timestamp: new Date(START + at * 60_000).toISOString(),
    ...(webhook_id !== undefined && { webhook_id }),
  }) as unknown as Message;

const reader = (more: Partial<Reader> = {}): Reader => ({
  groupMinutes: 7,
  firstUnread: null,
  shown: new Set(),
  hides: () => null,
  ...more,
});

/** `*` begins a group, `.` goes on, other rows by their first letter. */
const drawn = (rows: readonly Row[]) =>
  rows.map((row) => (row.kind === "message" ? (row.isFirst ? "*" : ".") : (row.kind[0] ?? ""))).join("");

test("one who speaks on stands under the same name", () => {
  expect(drawn(rowsOf([say(1), say(2), say(3, { by: "bo" }), say(4, { by: "bo" })], reader()))).toBe("d*.*.");
});

test("a pause longer than one has chosen begins a new group", () => {
  const said = [say(1, { at: 0 }), say(2, { at: 7 }), say(3, { at: 14.1 })];
  expect(drawn(rowsOf(said, reader()))).toBe("d*.*");
  expect(drawn(rowsOf(said, reader({ groupMinutes: 0 })))).toBe("d***");
  expect(drawn(rowsOf(said, reader({ groupMinutes: 15 })))).toBe("d*..");
});

test("an answer, a note of the server's and another voice of a webhook break the group", () => {
  expect(drawn(rowsOf([say(1), say(2, { type: 19 }), say(3)], reader()))).toBe("d**.");
  expect(drawn(rowsOf([say(1), say(2, { type: 6 }), say(3)], reader()))).toBe("d*n*");
  const hook = (id: number, name: string) => say(id, { webhook_id: "7", name });
  expect(drawn(rowsOf([hook(1, "Tide"), hook(2, "Tide"), hook(3, "Moon")], reader()))).toBe("d*.*");
});

test("a new day and the unread are set apart", () => {
  const midnight = 15 * 60;
  const said = [say(1, { at: midnight - 2 }), say(2, { at: midnight - 1 }), say(3, { at: midnight + 1 })];
  expect(drawn(rowsOf(said, reader()))).toBe("d*.d*");
  expect(drawn(rowsOf(said, reader({ firstUnread: "2" })))).toBe("d*u*d*");
});

test("messages of those one does not hear are one row, until they are asked for", () => {
  const said = [say(1), say(2, { by: "bo" }), say(3, { by: "bo" }), say(4)];
  const hides: Reader["hides"] = ({ author }) => (author.id === "bo" ? "blocked" : null);
  const rows = rowsOf(said, reader({ hides }));
  expect(drawn(rows)).toBe("d*h*");
  expect(rows[2]).toMatchObject({ why: "blocked", ids: ["2", "3"] });
  expect(drawn(rowsOf(said, reader({ hides, shown: new Set(["2", "3"]) })))).toBe("d**.*");
});

test("what is on its way stands at the end, under the name that is there", () => {
  const letter = { nonce: "9" } as never;
  const rows = rowsOf([say(1)], reader(), [{ message: say(9, { at: 2 }), letter }]);
  expect(drawn(rows)).toBe("d*.");
  expect(rows[2]).toMatchObject({ letter });
});

test("rows that did not change stay the same ones", () => {
  const said = [say(1), say(2), say(3, { by: "bo" })];
  const before = rowsOf(said, reader());
  const now = steady(before, rowsOf([...said, say(4, { by: "bo" })], reader()));
  expect(now.slice(0, 4).map((row, place) => row === before[place])).toEqual([true, true, true, true]);
  expect(steady(now, rowsOf(said.slice(1), reader()))[1]).not.toBe(before[2]);
});

test("the unread begins with somebody else's message", () => {
  const said = [say(1), say(2, { by: "me" }), say(3), say(4)];
  expect(firstAfter(said, "1", ({ author }) => author.id === "me")?.id).toBe("3");
  expect(firstAfter(said, "4", () => false)).toBeUndefined();
});
