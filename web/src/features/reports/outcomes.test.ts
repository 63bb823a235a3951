/** What can be done about a report. */
import { expect, test } from "vitest";
import { Client } from "../../rest/client";
import type { Report } from "../../wire/types";
import { carryOut, outcomesFor } from "./outcomes";

const user = { id: "5" } as Report["user"];
const message = { id: "9", channel_id: "3" } as Report["message"];

test("only what fits the report is offered", () => {
  expect(outcomesFor({ message: null, user, guild_id: null }, false)).toEqual(["none", "warned"]);
  expect(outcomesFor({ message, user, guild_id: "1" }, false)).toContain("banned");
  expect(outcomesFor({ message, user, guild_id: "1" }, false)).not.toContain("disabled");
  expect(outcomesFor({ message: null, user, guild_id: null }, true)).toContain("disabled");
});

test("an outcome is carried out with its reason", async () => {
  const asked: string[] = [];
  const client = new Client((url, { method = "" }) => {
    asked.push(`${method} ${url.replace("/api/v10", "")}`);
    return Promise.resolve(new Response(null, { status: 204 }));
  });
  const report = { message, user, guild_id: "1" } as Report;
  await carryOut(client, "deleted", report, "spam");
  await carryOut(client, "kicked", report, "spam");
  await carryOut(client, "none", report, "");
  expect(asked).toEqual(["DELETE /channels/3/messages/9", "DELETE /guilds/1/members/5"]);
});
