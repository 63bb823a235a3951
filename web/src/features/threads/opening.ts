/** The menus and dialogs of threads, fetched with their words when one is opened. */
import type { Anchor, Closable } from "../../ui/layers.svelte";
import type { Message, Snowflake } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import type { World } from "../../world/world";
import type { App } from "../app";
import { withWords } from "../withWords";
import { goTo } from "./going";

export async function openThreadMenu(app: App, world: World, thread: KnownChannel, at: Anchor): Promise<void> {
  (await withWords(app, () => import("./menus"))).openThreadMenu(app, world, thread, at);
}

/** All threads of a channel, also those that sleep. */
export function browseThreads(app: App, channelId: Snowflake): void {
  void app.layers.dialog(() => withWords(app, () => import("./Browse.svelte")), { channelId });
}

interface Start {
  readonly channelId: Snowflake;
  readonly message: Message | null;
}

/** From a message, or from nothing; where it was started, it is shown. */
export async function startThread(app: App, world: World, channelId: Snowflake, message: Message | null): Promise<void> {
  const id = await app.layers.dialog<Closable<Snowflake> & Start>(() => withWords(app, () => import("./StartThread.svelte")), { channelId, message });
  if (id !== undefined) await goTo(app, world, id, "beside");
}
