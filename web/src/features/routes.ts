/** Which screen an address opens. Each screen is its own chunk, fetched when it is needed. */
import type { Component } from "svelte";

export type Section = "servers" | "bots" | "account";

export type Route =
  | { screen: "home"; section: Section }
  | { screen: "login" }
  | { screen: "register" }
  | { screen: "forgot" }
  | { screen: "reset" }
  | { screen: "verify" }
  | { screen: "setup" }
  | { screen: "invite"; code: string }
  | { screen: "missing" };

const CODE = /^[\w-]+$/;

/** A guest who opens a page for members is asked to sign in there. */
export function routeOf(path: string, member: boolean): Route {
  const [first = "", second, third] = path.split("/").slice(1);
  if (first === "invite" && second && CODE.test(second) && !third) return { screen: "invite", code: second };
  if (second) return { screen: "missing" };
  if (first === "setup" || first === "forgot" || first === "reset" || first === "verify") return { screen: first };
  if (first === "login" || first === "register") {
    return member ? { screen: "home", section: "servers" } : { screen: first };
  }
  if (first !== "" && first !== "bots" && first !== "account") return { screen: "missing" };
  if (!member) return { screen: "login" };
  return { screen: "home", section: first === "" ? "servers" : first };
}

/** Props differ by screen; `App.svelte` hands each the part of its route. */
type Screen = { default: Component<{ code: string; section: Section }> };

export const SCREENS: Record<Route["screen"], () => Promise<unknown>> = {
  home: () => import("./home/Home.svelte"),
  login: () => import("./login/Login.svelte"),
  register: () => import("./login/Register.svelte"),
  forgot: () => import("./login/Forgot.svelte"),
  reset: () => import("./login/Reset.svelte"),
  verify: () => import("./login/Verify.svelte"),
  setup: () => import("./setup/Setup.svelte"),
  invite: () => import("./invite/Invite.svelte"),
  missing: () => import("./door/Missing.svelte"),
};

export async function open(screen: Route["screen"]): Promise<Screen["default"]> {
  return ((await SCREENS[screen]()) as Screen).default;
}
