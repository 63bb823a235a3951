/** A queue hears of reports by others, and of what they did about one. */
import { expect, test } from "vitest";
import type { Report } from "../../wire/types";
import { Queue } from "./queue.svelte";

const report = (id: string, changes: Partial<Report> = {}) => ({ id, guild_id: "9", status: "open", ...changes }) as Report;

async function queue(): Promise<{ queue: Queue; ids: () => string[] }> {
  const answers = { GET: { reports: [report("2"), report("1")], open_count: 2 }, PATCH: report("2", { status: "resolved" }) };
  const call = (name: string) => Promise.resolve(answers[name.split(" ")[0] as "GET" | "PATCH"]);
  const made = new Queue({ call } as never, "9");
  await made.load();
  return { queue: made, ids: () => made.reports.map(({ id }) => id) };
}

test("what others report comes first, once and only in its own place", async () => {
  const { queue: one, ids } = await queue();
  one.ears.REPORT_CREATE?.(report("3"));
  one.ears.REPORT_CREATE?.(report("4", { guild_id: "8" }));
  expect([ids(), one.openCount]).toEqual([["3", "2", "1"], 3]);
});

test("what is settled here and told of besides is counted once", async () => {
  const { queue: one, ids } = await queue();
  await one.settle(report("2"), { status: "resolved" });
  one.ears.REPORT_UPDATE?.(report("2", { status: "resolved" }));
  expect([ids(), one.openCount]).toEqual([["1"], 1]);
  one.ears.REPORT_UPDATE?.(report("2"));
  expect([ids(), one.openCount]).toEqual([["2", "1"], 2]);
});
