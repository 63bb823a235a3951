/** The menu of somebody, fetched when it is opened. */
import type { openUserMenu as open } from "./menu";

export async function openUserMenu(...asked: Parameters<typeof open>): Promise<void> {
  await (await import("./menu")).openUserMenu(...asked);
}
