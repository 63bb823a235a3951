/** Shows what is pinned in a channel, beside the button that asked for it. */
import type { Anchor } from "../../ui/layers.svelte";
import type { Snowflake } from "../../wire/types";
import type { App } from "../app";

export async function openPins({ layers, speech }: Pick<App, "layers" | "speech">, at: Anchor, channelId: Snowflake): Promise<void> {
  await layers.float(at, () => import("./Pins.svelte"), { channelId }, { side: "bottom", label: speech.say("inbox.pins.title") });
}
