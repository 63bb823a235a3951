/** What several tabs want of one session. */
import { expect, test } from "vitest";
import { NOTHING, Voice, type Presence, type Range, type Wishes } from "./wishes";

const hundred = (at: number): Range => [at * 100, at * 100 + 99];
const looking = (...at: number[]): Wishes => ({ ...NOTHING, looks: { g: { c: at.map(hundred) } } });
const away = (since: number): Presence => ({ status: "idle", since, activities: [], afk: true });
const here: Presence = { status: "online", since: 0, activities: [], afk: false };
const being = (presence: Presence | null): Wishes => ({ ...NOTHING, presence });

function channels(voice: Voice, all: readonly Wishes[]): unknown[] {
  return voice.next(all).map(({ d }) => (d as { subscriptions: { g: { channels: unknown } } }).subscriptions.g.channels);
}

test("rows that several look at are asked for once, and each tab has its share", () => {
  const voice = new Voice();
  expect(channels(voice, [looking(0, 4, 5), looking(0, 8, 9, 10)])).toEqual([{ c: [0, 4, 8, 5, 9].map(hundred) }]);
  expect(channels(voice, [looking(0, 4, 5), looking(0, 8, 9, 10)])).toEqual([]);
});

test("what nobody looks at any more is given up once", () => {
  const voice = new Voice();
  voice.next([looking(0)]);
  expect(channels(voice, [NOTHING])).toEqual([{}]);
  expect(channels(voice, [NOTHING])).toEqual([]);
});

test("a new session is told all of it", () => {
  const voice = new Voice();
  voice.next([looking(0), being(away(1))]);
  voice.begin();
  expect(voice.next([looking(0), being(away(1))]).map(({ op }) => op)).toEqual([37, 3]);
});

test("away is who is away from every tab", () => {
  const voice = new Voice();
  const said = (...all: (Presence | null)[]) => voice.next(all.map(being)).map(({ d }) => d);
  expect(said(null, null)).toEqual([]);
  expect(said(away(5), null)).toEqual([here]);
  expect(said(away(5), away(9))).toEqual([away(9)]);
  expect(said(away(5), here)).toEqual([here]);
  expect(said(away(5))).toEqual([away(5)]);
});
