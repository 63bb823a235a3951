/** The menus and dialogs of the list of channels, fetched when one is opened. */
import type * as Menus from "./menus";

type Asked<Name extends keyof typeof Menus> = Parameters<(typeof Menus)[Name]>;

const menus = () => import("./menus");

export async function openGuildMenu(...asked: Asked<"openGuildMenu">): Promise<void> {
  (await menus()).openGuildMenu(...asked);
}

export async function openCategoryMenu(...asked: Asked<"openCategoryMenu">): Promise<void> {
  (await menus()).openCategoryMenu(...asked);
}

export async function openChannelMenu(...asked: Asked<"openChannelMenu">): Promise<void> {
  (await menus()).openChannelMenu(...asked);
}

export async function openNoticesMenu(...asked: Asked<"openNoticesMenu">): Promise<void> {
  (await menus()).openNoticesMenu(...asked);
}

export async function invite(...asked: Asked<"invite">): Promise<void> {
  (await menus()).invite(...asked);
}

export async function createChannel(...asked: Asked<"createChannel">): Promise<void> {
  (await menus()).createChannel(...asked);
}
