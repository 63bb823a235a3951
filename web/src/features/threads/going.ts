/** Ways into a thread: beside its channel where there is room for both, or in its place. */
import type { Snowflake } from "../../wire/types";
import { isThread } from "../../world/threads";
import type { World } from "../../world/world";
import type { App } from "../app";
import { tight } from "../chat/panes.svelte";

export type Way = "beside" | "full";

/** Learn of a thread that sleeps, of which nobody tells by themselves; whether it is there. */
export async function seek(app: App, world: World, threadId: Snowflake): Promise<boolean> {
  if (world.channels.byId.has(threadId)) return true;
  try {
    const found = await app.api.client.call("GET /channels/{channel_id}", { channel_id: threadId });
    if (isThread(found)) world.threads.learn(found);
  } catch (problem) {
    if (!(problem instanceof Error)) throw problem;
  }
  return world.channels.byId.has(threadId);
}

export async function goTo(app: App, world: World, threadId: Snowflake, way: Way): Promise<void> {
  const isThere = await seek(app, world, threadId);
  const thread = world.channels.byId.get(threadId);
  if (!isThere || thread === undefined) {
    await app.speech.deepen();
    app.layers.toast({ text: app.speech.say("threads.gone"), kind: "bad" });
  } else if (way === "beside" && !tight.current && app.here.channelId === thread.parent_id) app.here.showBeside(threadId);
  else app.here.open(thread.guild_id ?? null, threadId);
}
