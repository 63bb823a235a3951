import { beforeAll, describe, expect, test, vi } from "vitest";
import { Freshness, isStale, runsOut } from "./freshness";

beforeAll(() => vi.stubGlobal("location", { href: "https://rift.example/" }));

const NOW = Date.UTC(2026, 0, 1);
const until = (ms: number) => `/cdn/attachments/1/2/a.png?ex=${Math.floor((NOW + ms) / 1000).toString(16)}&is=0&hm=0`;

describe("addresses that run out", () => {
  test("a minute before its end an address is no longer fresh", () => {
    expect(isStale(until(3_600_000), NOW)).toBe(false);
    expect(isStale(until(30_000), NOW)).toBe(true);
    expect(isStale("/cdn/emojis/1.webp", NOW)).toBe(false);
    expect(runsOut(until(0))).toBe(true);
  });

  test("all of a moment are asked for at once", async () => {
    const asked: unknown[] = [];
    const call = (_op: string, wants: { body: { attachment_urls: readonly string[] } }) => {
      asked.push(wants.body.attachment_urls);
      return Promise.resolve({ refreshed_urls: wants.body.attachment_urls.map((original) => ({ original, refreshed: `${original}!` })) });
    };
    const freshness = new Freshness({ call: call as never });
    expect(await Promise.all([freshness.renewed("/a"), freshness.renewed("/b"), freshness.renewed("/a")])).toEqual(["/a!", "/b!", "/a!"]);
    expect(asked).toEqual([["/a", "/b"]]);
    expect(await freshness.renewed("/c")).toBe("/c!");
    expect(asked).toHaveLength(2);
  });
});
