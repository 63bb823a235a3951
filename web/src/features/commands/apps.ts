/** What applications offer to do with a message or with somebody, for their menus. */
import { Blocks } from "lucide";
import type { Entry } from "../../ui/layers.svelte";
import type { Snowflake } from "../../wire/types";
import { attempt } from "../attempt";
import { indexesOf } from "./indexes";
import type { Usable } from "./usable";
import { use, type Scene } from "./using";
import { dataOf } from "./values";

/** A menu is not kept waiting for longer; the next one has it all. */
const PATIENCE_MS = 1000;

export async function appEntries({ app, live }: Scene, channelId: Snowflake, type: number, target_id: Snowflake): Promise<readonly Entry[]> {
  const all = await Promise.race([indexesOf(live, app.api.client).of(channelId, type), later()]);
  if (all.length === 0) return [];
  await app.speech.deepen();
  const run = (usable: Usable) => attempt(app, () => use({ app, live }, usable, channelId, { ...dataOf(usable, {}), target_id }));
  const items = all.map((usable) => ({ label: usable.name, hint: usable.application.name, run: () => run(usable) }));
  return [{ label: app.speech.say("interactions.apps"), icon: Blocks, items }];
}

function later(): Promise<readonly Usable[]> {
  return new Promise((resolve) => setTimeout(() => resolve([]), PATIENCE_MS));
}
