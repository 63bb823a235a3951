import { describe, expect, test } from "vitest";
import type { Events } from "../../wire/types";
import { World } from "../../world/world";
import { placesOf, search, type Place } from "./places";
import { folded, match } from "./scoring";

const best = (query: string, ...names: string[]) =>
  names
    .flatMap((name) => {
      const found = match(folded(query), folded(name));
      return found ? [{ name, score: found.score }] : [];
    })
    .sort((one, other) => other.score - one.score)
    .map(({ name }) => name);

describe("how well a name fits", () => {
  test("letters have to come in their order", () => {
    expect(match("abc", "a-b-c")?.marks).toEqual([0, 2, 4]);
    expect(match("cba", "abc")).toBeUndefined();
  });

  test("the start of a name is better than the middle, and together is better than apart", () => {
    expect(best("re", "firmware", "receivers", "more-repairs")).toEqual(["receivers", "more-repairs", "firmware"]);
  });

  test("the first letters of words find it", () => {
    expect(best("ab", "cable", "antenna-builds", "xaxb")[0]).toBe("antenna-builds");
    expect(match("ab", "antenna-builds")?.marks).toEqual([0, 8]);
  });

  test("the whole name comes first", () => {
    expect(best("general", "general-talk", "general")).toEqual(["general", "general-talk"]);
  });

  test("accents and capitals make no difference", () => {
    expect(match(folded("uber"), folded("Über"))?.marks).toEqual([0, 1, 2, 3]);
  });
});

describe("places", () => {
  const world = new World();
  const guilds = Array.from({ length: 200 }, (_, guild) => ({ id: String(1000 + guild), name: `Server ${guild}` }));
  for (const { id, name } of guilds) {
    const channels = Array.from({ length: 100 }, (_, n) => ({ id: `${id}${String(n).padStart(3, "0")}`, type: 0, name: `channel-${n}-of-${name.toLowerCase().replace(" ", "-")}`, position: n, permission_overwrites: [] }));
    const everyone = { id, name: "@everyone", permissions: "1024", position: 0, color: 0, hoist: false, managed: false, mentionable: false };
    world.receive("GUILD_CREATE", {
      id,
      properties: { id, name, owner_id: "1" },
      name,
      owner_id: "1",
      joined_at: "2026-01-01T00:00:00Z",
      channels,
      threads: [],
      roles: [everyone],
      members: [{ user: { id: "1", username: "me" }, roles: [], nick: null, avatar: null, joined_at: "2026-01-01T00:00:00Z", communication_disabled_until: null }],
      emojis: [],
      stickers: [],
      soundboard_sounds: [],
      guild_scheduled_events: [],
      stage_instances: [],
      member_count: 1,
    } as unknown as Events["GUILD_CREATE"]);
  }
  world.people.me = "1";

  test("to search in 200 servers of 100 channels takes no more than ten times as long as to sort their names", () => {
    const places = placesOf(world);
    expect(places).toHaveLength(200 * 101);
    const queries = ["c", "channel", "c42", "channel-42-of-server-17", "server", "#chan", "zzz"];
    const fastest = (work: () => unknown) =>
      Math.min(
        ...Array.from({ length: 5 }, () => {
          const begun = performance.now();
          work();
          return performance.now() - begun;
        }),
      );
    const mixed = places.map(({ name }, at) => `${(at * 7919) % 20_201} ${name}`);
    const sorting = fastest(() => mixed.toSorted((one, other) => one.localeCompare(other)));
    for (const query of queries) expect(fastest(() => search(world, places, query, []))).toBeLessThan(10 * sorting);
  });

  test("the one that is meant comes first, and one was there before", () => {
    const places = placesOf(world);
    const [first] = search(world, places, "channel-42-of-server-17", []);
    expect(first?.place.name).toBe("channel-42-of-server-17");
    const recent = places.find(({ name }) => name === "channel-7-of-server-3") as Place;
    expect(search(world, places, "channel-7-of", [recent.id])[0]?.place.id).toBe(recent.id);
  });

  test("a first letter asks for one kind, and the server helps", () => {
    const places = placesOf(world);
    expect(search(world, places, "*server 12", []).every(({ place }) => place.kind === "server")).toBe(true);
    expect(search(world, places, "#server-12", []).every(({ place }) => place.kind === "text")).toBe(true);
    expect(search(world, places, "channel-5-of-server-8 8", [])[0]?.place.where).toContain("Server 8");
  });
});
