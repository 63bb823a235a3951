/** What the log of the instance tells of a deed beside who did what to whom. */
import type { InstanceDeed } from "../../wire/types";
import type { Speech } from "../speech.svelte";
import { named } from "./named";

function settingsOf(changed: object, say: Speech["say"]): readonly string[] {
  const said = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return Object.entries(changed).map(([name, value]: [string, unknown]) => `${name}: ${value === null ? say("admin.logDefault") : said(value)}`);
}

export function particulars({ details }: Pick<InstanceDeed, "details">, say: Speech["say"]): string {
  const { badge, job, count, note, now, settings } = details ?? {};
  const parts = [
    ...(typeof badge === "string" ? [badge.replaceAll("_", " ")] : []),
    ...(typeof job === "string" ? [named(say, "queue", job)] : []),
    ...(typeof count === "number" ? [say("admin.logCount", { n: count })] : []),
    ...(typeof note === "string" && note !== "" ? [note] : []),
    ...(now === true ? [say("admin.logNow")] : []),
    ...(typeof settings === "object" && settings !== null ? settingsOf(settings, say) : []),
  ];
  return parts.join(" · ");
}
