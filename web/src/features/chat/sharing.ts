/** What other apps share with this one. */
import type { App } from "../app";

export const SHARED = "/share";

/** Apps put the address into any of the three, and often into two of them. */
export function sharedText(query: string): string {
  const given = new URLSearchParams(query);
  const parts = ["title", "text", "url"].map((name) => given.get(name)?.trim() ?? "").filter((part) => part !== "");
  return parts.filter((part, at) => !parts.some((other, place) => place !== at && other.includes(part) && (other !== part || place < at))).join("\n");
}

export async function share(app: App): Promise<void> {
  const text = sharedText(location.search);
  if (text !== "") await app.layers.dialog(() => import("./Share.svelte"), { text });
  if (app.router.path === SHARED) app.router.replace(app.here.lastPath);
}
