/** Opens the quick way to anywhere, unless something else lies over the page. */
import type { App } from "../app";

export async function openSwitcher({ layers }: Pick<App, "layers">): Promise<void> {
  if (layers.open.length > 0) return;
  await layers.dialog(() => import("./Switcher.svelte"), {});
}
