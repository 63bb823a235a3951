/** What was done about an alert, as it is noted in it: the last of each kind. */
import type { Message, Snowflake } from "../../wire/types";
import { factOf } from "../messages/noted";

export const DONE = 1;
export const REOPENED = 2;
export const DELETED = 3;
export const MISTAKEN = 4;

interface Deed {
  readonly actor: Snowflake;
  readonly ts: string;
}

export type Deeds = Readonly<Partial<Record<typeof DONE | typeof REOPENED | typeof DELETED | typeof MISTAKEN, Deed>>>;

export function deedsOf(message: Pick<Message, "embeds">): Deeds {
  const noted = factOf(message, "alert_actions_execution");
  return noted === undefined ? {} : (JSON.parse(noted) as { readonly actions: Deeds }).actions;
}
