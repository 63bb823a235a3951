/** Which screen an address opens. Each screen is its own chunk, fetched when it is needed. */
import type { Component } from "svelte";

/** What follows the screen's name in the address. */
export type Rest = readonly string[];

/** A screen that has no pages behind its name takes no notice of the rest. */
type Loader = () => Promise<{ default: Component<{ rest: Rest }> | Component<Record<string, never>> }>;

/** For everybody. */
const DOORS = {
  login: () => import("./login/Login.svelte"),
  register: () => import("./login/Register.svelte"),
  forgot: () => import("./login/Forgot.svelte"),
  reset: () => import("./login/Reset.svelte"),
  verify: () => import("./login/Verify.svelte"),
  setup: () => import("./setup/Setup.svelte"),
  invite: () => import("./invite/Invite.svelte"),
  missing: () => import("./door/Missing.svelte"),
} satisfies Record<string, Loader>;

/** For members; the gateway is open behind them. */
const ROOMS = {
  chat: () => import("./chat/Chat.svelte"),
  settings: () => import("./settings/Settings.svelte"),
  developers: () => import("./developers/Developers.svelte"),
  oauth2: () => import("./authorize/Authorize.svelte"),
  admin: () => import("./admin/Admin.svelte"),
  guilds: () => import("./guild/Guild.svelte"),
  discover: () => import("./discover/Discover.svelte"),
  template: () => import("./template/Template.svelte"),
} satisfies Record<string, Loader>;

export type DoorName = keyof typeof DOORS;
export type RoomName = keyof typeof ROOMS;

export interface Route {
  readonly screen: DoorName | RoomName;
  readonly rest: Rest;
}

const CODE = /^[\w-]+$/;
/** Screens with pages of their own behind the name: `/settings/privacy`, `/guilds/1/roles`. */
const DEEP: ReadonlySet<string> = new Set(["settings", "guilds", "developers", "admin", "oauth2"]);
const to = (screen: Route["screen"], ...rest: string[]): Route => ({ screen, rest });

/** A guest who opens a page for members is asked to sign in there. */
export function routeOf(path: string, member: boolean): Route {
  const [first = "", ...rest] = path.split("/").slice(1);
  const route = opened(first, rest);
  if (route.screen === "login" || route.screen === "register") return member ? to("chat") : route;
  return isRoom(route.screen) && !member ? to("login") : route;
}

function opened(first: string, rest: string[]): Route {
  const [second = ""] = rest;
  if (first === "" || first === "channels" || (first === "share" && rest.length === 0)) return to("chat");
  if (first === "events" && rest.length === 2) return to("chat");
  if ((first === "invite" || first === "template") && CODE.test(second) && rest.length === 1) return to(first, second);
  if (DEEP.has(first) && isRoom(first)) return to(first, ...rest);
  if (rest.length > 0) return to("missing");
  return isDoor(first) || first === "discover" ? to(first) : to("missing");
}

function isDoor(name: string): name is DoorName {
  return Object.hasOwn(DOORS, name);
}

export function isRoom(name: string): name is RoomName {
  return Object.hasOwn(ROOMS, name);
}

export async function open(screen: Route["screen"]): Promise<Component<{ rest: Rest }>> {
  const loader = isRoom(screen) ? ROOMS[screen] : DOORS[screen];
  return (await loader()).default as Component<{ rest: Rest }>;
}
