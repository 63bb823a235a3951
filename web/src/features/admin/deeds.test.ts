import { expect, test } from "vitest";
import type { Speech } from "../speech.svelte";
import { particulars } from "./deeds";

const say: Speech["say"] = (key, values) => [key, ...Object.values(values ?? {})].join(" ");

test.each([
  ["nothing more is known", null, ""],
  ["a badge", { badge: "bug_hunter" }, "bug hunter"],
  ["work that waited", { job: "mails", count: 3 }, "admin.queue.mails · admin.logCount 3"],
  ["a code for nobody in particular", { note: "", max_uses: 1 }, ""],
  ["a code", { note: "the choir", max_uses: 1 }, "the choir"],
  ["an account that went at once", { now: true }, "admin.logNow"],
  ["settings", { settings: { "instance.name": "Harbour", "auth.registration": null } }, "instance.name: Harbour · auth.registration: admin.logDefault"],
])("%s", (_, details, told) => expect(particulars({ details }, say)).toBe(told));
