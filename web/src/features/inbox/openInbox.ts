/** Shows what waits for the reader: beside the button that asked for it, or in the corner it stands in. */
import type { Anchor } from "../../ui/layers.svelte";
import type { App } from "../app";

export async function openInbox({ layers, speech }: Pick<App, "layers" | "speech">, at: Anchor = { x: innerWidth, y: 0 }): Promise<void> {
  await layers.float(at, () => import("./Inbox.svelte"), {}, { side: "bottom", label: speech.say("inbox.title") });
}
