/** Opens the quick way to anywhere, unless something else lies over the page. */
import type { App } from "../app";
import { withWords } from "../withWords";

export async function openSwitcher(app: Pick<App, "layers" | "speech">): Promise<void> {
  if (app.layers.open.length > 0) return;
  await app.layers.dialog(() => withWords(app, () => import("./Switcher.svelte")), {});
}
