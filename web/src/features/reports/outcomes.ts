/** What can be done about a report, and what each of it asks of the server before it is noted. */
import type { Client } from "../../rest/client";
import type { Report } from "../../wire/types";
import type { Outcome } from "./queue.svelte";

const DAY_MS = 86_400_000;

/** Those that can be carried out on what was reported; only the instance can disable an account. */
export function outcomesFor({ message, user, guild_id }: Pick<Report, "message" | "user" | "guild_id">, isInstance: boolean): readonly Outcome[] {
  const isMember = guild_id !== null && user !== null;
  const all: readonly (readonly [Outcome, boolean])[] = [
    ["none", true],
    ["warned", user !== null],
    ["deleted", message !== null],
    ["timed_out", isMember],
    ["kicked", isMember],
    ["banned", isMember],
    ["disabled", isInstance && user !== null],
  ];
  return all.filter(([, isThere]) => isThere).map(([outcome]) => outcome);
}

export async function carryOut(client: Client, outcome: Outcome, report: Report, reason: string): Promise<void> {
  const { message, user, guild_id } = report;
  if (outcome === "deleted" && message !== null) {
    await client.call("DELETE /channels/{channel_id}/messages/{message_id}", { channel_id: message.channel_id, message_id: message.id, reason });
  }
  if (user === null) return;
  if (outcome === "disabled") await client.call("POST /instance/users/{user_id}/disable", { user_id: user.id });
  if (guild_id === null) return;
  const member = { guild_id, user_id: user.id, reason };
  if (outcome === "timed_out") {
    const body = { communication_disabled_until: new Date(Date.now() + DAY_MS).toISOString() };
    await client.call("PATCH /guilds/{guild_id}/members/{user_id}", { ...member, body });
  }
  if (outcome === "kicked") await client.call("DELETE /guilds/{guild_id}/members/{user_id}", member);
  if (outcome === "banned") await client.call("PUT /guilds/{guild_id}/bans/{user_id}", { ...member, body: {} });
}
