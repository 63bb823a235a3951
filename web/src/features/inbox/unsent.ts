/** Keeps in mind which scheduled messages could not be sent, from the beginning and as it happens. */
import { isExpected } from "../../rest/errors";
import type { Live } from "../../store/live.svelte";
import type { ScheduledMessage, ScheduledMessageGone } from "../../wire/types";
import type { App } from "../app";

type Unsent = readonly ScheduledMessage[];

export function watchUnsent({ api, attention }: Pick<App, "api" | "attention">, live: Live): void {
  async function load(): Promise<void> {
    try {
      attention.unsent = (await api.client.call("GET /users/@me/scheduled-messages")).filter(isUnsent);
    } catch (problem) {
      // Nobody asked for it, and with the next connection it is asked for again.
      if (!isExpected(problem)) throw problem;
    }
  }
  live.listen((name, data) => {
    if (name === "READY") void load();
    else attention.unsent = unsentAfter(attention.unsent, name, data);
  });
  void load();
}

/** What is not sent after an event; the same where that changes nothing. */
export function unsentAfter(unsent: Unsent, name: string, data: unknown): Unsent {
  if (name === "SCHEDULED_MESSAGE_DELETE") return unsent.filter(({ id }) => id !== (data as ScheduledMessageGone).id);
  if (name !== "SCHEDULED_MESSAGE_UPDATE") return unsent;
  const changed = data as ScheduledMessage;
  return [...unsent.filter(({ id }) => id !== changed.id), ...(isUnsent(changed) ? [changed] : [])];
}

function isUnsent({ status }: ScheduledMessage): boolean {
  return status === "failed";
}
