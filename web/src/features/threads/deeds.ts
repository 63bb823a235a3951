/** What is done with threads. */
import type { ModifyChannelInput, ModifyThreadMemberInput, Snowflake } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import { EVERYTHING_SAID, isPinned, NO_MESSAGES, ONLY_MENTIONS, type OwnThread } from "../../world/threads";
import type { World } from "../../world/world";
import type { App } from "../app";
import { attempt } from "../attempt";
import { acknowledge } from "../channels/reading";

const PINNED = 1 << 1;

/** How much one wants to hear of a thread one is in, as its flags say it. */
export const LEVELS = { all: EVERYTHING_SAID, mentions: ONLY_MENTIONS, nothing: NO_MESSAGES } as const;
export type Level = keyof typeof LEVELS;

export function levelOf({ flags }: OwnThread): Level {
  if ((flags & NO_MESSAGES) !== 0) return "nothing";
  return (flags & ONLY_MENTIONS) !== 0 ? "mentions" : "all";
}

export function follow(app: App, channel_id: Snowflake): Promise<boolean> {
  return attempt(app, () => app.api.client.call("PUT /channels/{channel_id}/thread-members/@me", { channel_id }));
}

export function unfollow(app: App, channel_id: Snowflake): Promise<boolean> {
  return attempt(app, () => app.api.client.call("DELETE /channels/{channel_id}/thread-members/@me", { channel_id }));
}

export function hear(app: App, channel_id: Snowflake, body: ModifyThreadMemberInput): Promise<boolean> {
  return attempt(app, () => app.api.client.call("PATCH /channels/{channel_id}/thread-members/@me/settings", { channel_id, body }));
}

/** What comes of it is known at once, also of one that sleeps, of which nobody else tells. */
export function change(app: App, world: World, channel_id: Snowflake, body: ModifyChannelInput): Promise<boolean> {
  return attempt(app, async () => {
    world.threads.learn(await app.api.client.call("PATCH /channels/{channel_id}", { channel_id, body }));
  });
}

export function pin(app: App, world: World, thread: KnownChannel): Promise<boolean> {
  return change(app, world, thread.id, { flags: isPinned(thread) ? thread.flags & ~PINNED : thread.flags | PINNED });
}

export function read(app: App, world: World, threadId: Snowflake): void {
  const last = world.channels.lastIn(threadId);
  if (last !== null) void acknowledge(app, threadId, last);
}

export async function remove(app: App, world: World, thread: KnownChannel): Promise<void> {
  const { say } = app.speech;
  const name = thread.name ?? "";
  const sure = await app.layers.ask({ title: say("threads.deleteTitle", { name }), text: say("threads.deleteText"), action: say("threads.delete"), danger: true });
  if (!sure) return;
  const done = await attempt(app, () => app.api.client.call("DELETE /channels/{channel_id}", { channel_id: thread.id, query: {} }));
  if (!done) return;
  if (app.here.channelId === thread.id) app.here.open(thread.guild_id ?? null, thread.parent_id);
  world.receive("THREAD_DELETE", { id: thread.id, guild_id: thread.guild_id ?? "", parent_id: thread.parent_id ?? "", type: thread.type });
}
