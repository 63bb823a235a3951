/** Tells somebody what became of their request to a server. */
import type { Events } from "../../wire/types";
import type { App } from "../app";

export function tellDecision({ here, layers, speech: { say } }: Pick<App, "here" | "layers" | "speech">, guild: string, { guild_id, request, status }: Events["GUILD_JOIN_REQUEST_UPDATE"]): void {
  if (status === "APPROVED") {
    const go = { label: say("entry.decided.go"), run: () => here.open(guild_id) };
    layers.toast({ text: say("entry.decided.in", { guild }), kind: "good", ...(here.guildId !== guild_id && { action: go }) });
  }
  if (status === "REJECTED") {
    const why = request.rejection_reason;
    layers.toast({ text: why ? say("entry.decided.outWhy", { guild, why }) : say("entry.decided.out", { guild }), kind: "bad", stays: true });
  }
}
