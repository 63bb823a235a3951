/** The menu of a message, fetched when it is opened. */
import type { openMessageMenu as open } from "./menu";

export async function openMessageMenu(...asked: Parameters<typeof open>): Promise<void> {
  await (await import("./menu")).openMessageMenu(...asked);
}
