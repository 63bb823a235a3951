/** What those who keep order in a server do: roles, time-outs, kicks and bans, each with the words that ask for it. */
import type { Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";
import { attempt } from "../attempt";
import { nameOf } from "./names";

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

export function giveRole(app: App, guild_id: Snowflake, user_id: Snowflake, role_id: Snowflake, has: boolean): Promise<boolean> {
  const operation = has
    ? "PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}"
    : "DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}";
  return attempt(app, () => app.api.client.call(operation, { guild_id, user_id, role_id }));
}

export function timeOut(app: App, world: World, guild_id: Snowflake, user_id: Snowflake): void {
  const { say, count } = app.speech;
  const name = nameOf(world, user_id, guild_id);
  void app.layers.dialog(() => import("./Sanction.svelte"), {
    title: say("people.timeOutTitle", { name }),
    text: say("people.timeOutText"),
    action: say("people.timeOut"),
    choice: {
      label: say("people.timeOutFor"),
      options: [
        { seconds: MINUTE_S, label: count("people.minutes", 1) },
        { seconds: 5 * MINUTE_S, label: count("people.minutes", 5) },
        { seconds: 10 * MINUTE_S, label: count("people.minutes", 10) },
        { seconds: HOUR_S, label: count("people.hours", 1) },
        { seconds: DAY_S, label: count("people.days", 1) },
        { seconds: 7 * DAY_S, label: count("people.days", 7) },
      ],
      chosen: 10 * MINUTE_S,
    },
    carryOut: (reason: string, seconds: number) =>
      app.api.client.call("PATCH /guilds/{guild_id}/members/{user_id}", {
        guild_id,
        user_id,
        reason,
        body: { communication_disabled_until: new Date(Date.now() + seconds * 1000).toISOString() },
      }),
  });
}

export function endTimeOut(app: App, guild_id: Snowflake, user_id: Snowflake): Promise<boolean> {
  const body = { communication_disabled_until: null };
  return attempt(app, () => app.api.client.call("PATCH /guilds/{guild_id}/members/{user_id}", { guild_id, user_id, body }));
}

export function kick(app: App, world: World, guild_id: Snowflake, user_id: Snowflake): void {
  const { say } = app.speech;
  const name = nameOf(world, user_id, guild_id);
  void app.layers.dialog(() => import("./Sanction.svelte"), {
    title: say("people.kickTitle", { name, guild: world.guilds.byId.get(guild_id)?.name ?? "" }),
    text: say("people.kickText"),
    action: say("people.kick"),
    carryOut: (reason: string) =>
      app.api.client.call("DELETE /guilds/{guild_id}/members/{user_id}", { guild_id, user_id, reason }),
  });
}

export function ban(app: App, world: World, guild_id: Snowflake, user_id: Snowflake): void {
  const { say, count } = app.speech;
  const name = nameOf(world, user_id, guild_id);
  void app.layers.dialog(() => import("./Sanction.svelte"), {
    title: say("people.banTitle", { name, guild: world.guilds.byId.get(guild_id)?.name ?? "" }),
    text: say("people.banText"),
    action: say("people.ban"),
    choice: {
      label: say("people.banDelete"),
      options: [
        { seconds: 0, label: say("people.banDeleteNothing") },
        { seconds: HOUR_S, label: say("people.banDeleteLast", { span: count("people.hours", 1) }) },
        { seconds: DAY_S, label: say("people.banDeleteLast", { span: count("people.days", 1) }) },
        { seconds: 7 * DAY_S, label: say("people.banDeleteLast", { span: count("people.days", 7) }) },
      ],
      chosen: 0,
    },
    carryOut: (reason: string, seconds: number) =>
      app.api.client.call("PUT /guilds/{guild_id}/bans/{user_id}", {
        guild_id,
        user_id,
        reason,
        body: { delete_message_seconds: seconds },
      }),
  });
}
