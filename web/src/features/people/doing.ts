/** What people do or say of themselves, in the reader's words. */
import type { Key } from "../../i18n/catalogue";
import type { Doing, Status } from "../../world/presences";
import type { Speech } from "../speech.svelte";

const KINDS: readonly Key[] = [
  "people.doing.plays",
  "people.doing.streams",
  "people.doing.listens",
  "people.doing.watches",
  "people.doing.custom",
  "people.doing.competes",
];

type Says = Pick<Speech, "say">;

export function wordsOf({ say }: Says, { kind, text }: Doing): string {
  if (kind === null) return text;
  return say(KINDS[kind] ?? "people.doing.custom", { name: text });
}

export function statusWord({ say }: Says, status: Status | "invisible"): string {
  return say(`people.status.${status}`);
}

/** All of it for those who only hear it. */
export function spoken(speech: Says, doing: Doing | null): string {
  if (doing === null) return "";
  const emblem = doing.emblem === null ? "" : doing.emblem.id === null || doing.emblem.name === "" ? doing.emblem.name : `:${doing.emblem.name}:`;
  return [emblem, wordsOf(speech, doing)].filter(Boolean).join(" ");
}
