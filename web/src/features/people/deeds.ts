/** What one can do with regard to somebody: write to them, befriend, ignore or block them. */
import type { Snowflake } from "../../wire/types";
import { BLOCKED } from "../../world/relationships";
import type { World } from "../../world/world";
import type { App } from "../app";
import { attempt } from "../attempt";
import { nameOf } from "./names";

/** The conversation with somebody, which may be a new one. */
export async function directWith(app: App, world: World, userId: Snowflake): Promise<Snowflake> {
  const channel = await app.api.client.call("POST /users/@me/channels", { body: { recipient_id: userId } });
  // The gateway will tell it too, but perhaps after the page has been opened.
  world.receive("CHANNEL_CREATE", channel);
  return channel.id;
}

export function writeTo(app: App, world: World, userId: Snowflake): Promise<boolean> {
  return attempt(app, async () => app.here.open(null, await directWith(app, world, userId)));
}

/** Ask for a friendship, or accept the one that is offered. */
export function befriend(app: App, user_id: Snowflake): Promise<boolean> {
  return attempt(app, () => app.api.client.call("PUT /users/@me/relationships/{user_id}", { user_id, body: {} }));
}

/** Decline a request, take one's own back, or unblock. */
export function dropRelationship(app: App, user_id: Snowflake): Promise<boolean> {
  return attempt(app, () => app.api.client.call("DELETE /users/@me/relationships/{user_id}", { user_id }));
}

export async function unfriend(app: App, world: World, userId: Snowflake): Promise<void> {
  const { say } = app.speech;
  const name = nameOf(world, userId);
  const sure = await app.layers.ask({
    title: say("people.unfriendTitle", { name }),
    text: say("people.unfriendText"),
    action: say("people.unfriend"),
    danger: true,
  });
  if (sure) await dropRelationship(app, userId);
}

export async function block(app: App, world: World, userId: Snowflake): Promise<void> {
  const { say } = app.speech;
  const name = nameOf(world, userId);
  const sure = await app.layers.ask({
    title: say("people.blockTitle", { name }),
    text: say("people.blockText"),
    action: say("people.block"),
    danger: true,
  });
  if (!sure) return;
  await attempt(app, () =>
    app.api.client.call("PUT /users/@me/relationships/{user_id}", { user_id: userId, body: { type: BLOCKED } }),
  );
}

export function ignore(app: App, user_id: Snowflake, ignored: boolean): Promise<boolean> {
  const operation = ignored
    ? "PUT /users/@me/relationships/{user_id}/ignore"
    : "DELETE /users/@me/relationships/{user_id}/ignore";
  return attempt(app, () => app.api.client.call(operation, { user_id }));
}
