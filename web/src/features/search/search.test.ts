import { describe, expect, test } from "vitest";
import type { Keep } from "../../store/session.svelte";
import type { Events } from "../../wire/types";
import { World } from "../../world/world";
import type { Key } from "../../i18n/catalogue";
import { isEmpty, queryOf, withFilter, type Filter } from "./filters";
import { forget, past, remember } from "./history";
import { suggestions } from "./suggesting";
import { typedIn } from "./typing";

const say = (key: Key) => key;
const NOW = new Date(2026, 10, 21, 12);

function keep(): Keep {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key) };
}

describe("what is being typed", () => {
  test.each([
    ["", { before: "", kind: undefined, begun: "" }],
    ["coil", { before: "", kind: undefined, begun: "coil" }],
    ["coil from:ju", { before: "coil", kind: "from", begun: "ju" }],
    ["From: ju", { before: "", kind: "from", begun: "ju" }],
    ["a has:", { before: "a", kind: "has", begun: "" }],
    ["author_type:b", { before: "", kind: "author_type", begun: "b" }],
    ["xfrom:a", { before: "", kind: undefined, begun: "xfrom:a" }],
    ['in:"off top', { before: "", kind: "in", begun: "off top" }],
  ])("%j", (text, typed) => expect(typedIn(text)).toEqual(typed));
});

describe("what the server is asked", () => {
  const base = { text: "", filters: [], sort: "newest", page: 0 } as const;
  const filter = (kind: Filter["kind"], value: string): Filter => ({ kind, value, label: value });

  test("words, filters, order and page", () => {
    const filters = [filter("from", "1"), filter("has", "image"), filter("has", "link"), filter("in", "7"), filter("pinned", "true"), filter("author_type", "bot")];
    expect(queryOf({ ...base, text: " coil ", filters, sort: "closest", page: 2 })).toEqual({
      content: "coil",
      author_id: ["1"],
      has: ["image", "link"],
      channel_id: ["7"],
      pinned: true,
      author_type: ["bot"],
      sort_by: "relevance",
      sort_order: "desc",
      limit: 25,
      offset: 50,
    });
  });

  test("days are the reader's own", () => {
    const { after, before } = queryOf({ ...base, filters: [filter("during", "2026-01-31")] });
    expect(after).toBe(new Date(2026, 0, 31).toISOString());
    expect(before).toBe(new Date(2026, 1, 1).toISOString());
    expect(queryOf({ ...base, filters: [filter("before", "2026-01-31")] })).not.toHaveProperty("after");
  });

  test("of days and pins there is one, of people there may be more", () => {
    const all = [filter("before", "2026-01-01"), filter("before", "2026-02-01"), filter("from", "1"), filter("from", "2"), filter("from", "1")];
    expect(all.reduce<readonly Filter[]>(withFilter, []).map(({ value }) => value)).toEqual(["2026-02-01", "2", "1"]);
    expect(isEmpty({ text: "  ", filters: [] })).toBe(true);
  });
});

describe("what is offered", () => {
  const world = new World();
  world.people.learn([
    { id: "1", username: "junia", global_name: null },
    { id: "2", username: "tobben", global_name: "Junior" },
  ] as unknown as Events["READY"]["users"] & object[]);
  const offered = (text: string) =>
    suggestions(text, world, say as never, { scope: "all", guildId: null }, NOW).map((one) => (one.type === "kind" ? one.kind : `${one.filter.kind}=${one.filter.value}`));

  test("filters while nothing is typed, and those that begin so", () => {
    expect(offered("")).toHaveLength(9);
    expect(offered("befo")).toEqual(["before"]);
  });

  test("people by their names", () => {
    expect(offered("from:jun")).toEqual(["from=1", "from=2"]);
    expect(offered("from:tob")).toEqual(["from=2"]);
    expect(offered("from:zzz")).toEqual([]);
  });

  test("a word could be a person", () => {
    expect(offered("juni")).toContain("from=1");
  });

  test("days by name, or as they are written", () => {
    expect(offered("during:")).toContain("during=2026-11-21");
    expect(offered("during:")).toContain("during=2026-11-20");
    expect(offered("before:2026-02-03")).toEqual(["before=2026-02-03"]);
    expect(offered("before:2026-13-03")).toEqual([]);
  });

  test("the words of the syntax are understood as well", () => {
    expect(offered("has:image")).toEqual(["has=image"]);
    expect(offered("pinned:true")).toEqual(["pinned=true"]);
  });
});

describe("what was searched before", () => {
  test("the last one stands first and once, and all can be forgotten", () => {
    const kept = keep();
    remember(kept, { text: "coil", filters: [] });
    remember(kept, { text: "wire", filters: [] });
    remember(kept, { text: "coil ", filters: [] });
    remember(kept, { text: "", filters: [] });
    expect(past(kept).map(({ text }) => text)).toEqual(["coil", "wire"]);
    forget(kept);
    expect(past(kept)).toEqual([]);
  });

  test("what somebody else left there is no search", () => {
    const kept = keep();
    kept.setItem("rift.searches", '[{"text": 1}, {"text": "a", "filters": [{"kind": "x", "value": "1", "label": ""}]}]');
    expect(past(kept)).toEqual([]);
    kept.setItem("rift.searches", "{");
    expect(past(kept)).toEqual([]);
  });
});
