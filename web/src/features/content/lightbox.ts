/** Opens pictures over the whole page; the part that does it is fetched when the first one is opened. */
import type { App } from "../app";
import type { Media } from "./media";

export async function openLightbox({ layers }: Pick<App, "layers">, pictures: readonly Media[], at: number): Promise<void> {
  await layers.dialog(() => import("./lightbox/Lightbox.svelte"), { pictures, first: at });
}
