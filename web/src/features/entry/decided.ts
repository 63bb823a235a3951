/** Tells somebody what became of their request to a server. */
import { Refused } from "../../rest/errors";
import type { Events, Snowflake } from "../../wire/types";
import type { App } from "../app";

export async function tellDecision({ api, here, layers, speech: { say } }: Pick<App, "api" | "here" | "layers" | "speech">, guild: string, { guild_id, request, status }: Events["GUILD_JOIN_REQUEST_UPDATE"]): Promise<void> {
  if (status === "APPROVED") {
    const go = { label: say("entry.decided.go"), run: () => here.open(guild_id) };
    layers.toast({ text: say("entry.decided.in", { guild }), kind: "good", ...(here.guildId !== guild_id && { action: go }) });
    await see(api, guild_id);
  }
  if (status === "REJECTED") {
    const why = request.rejection_reason;
    layers.toast({ text: why ? say("entry.decided.outWhy", { guild, why }) : say("entry.decided.out", { guild }), kind: "bad", stays: true });
  }
}

/** Another window may have been faster. */
async function see({ client }: App["api"], guild_id: Snowflake): Promise<void> {
  try {
    await client.call("POST /guilds/{guild_id}/requests/@me/ack", { guild_id });
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
  }
}
