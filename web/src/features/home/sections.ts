/** The pages of the home, in the order of the menu. */
import { Bot, Layers, UserRound } from "lucide";
import type { Component } from "svelte";
import type { Key } from "../../i18n/catalogue";
import type { Drawing } from "../../ui/icons";
import Account from "./Account.svelte";
import Bots from "./Bots.svelte";
import Servers from "./Servers.svelte";

interface Page {
  readonly name: string;
  readonly path: string;
  readonly label: Key;
  readonly icon: Drawing;
  readonly component: Component;
}

export const SECTIONS: readonly [Page, ...Page[]] = [
  { name: "servers", path: "/servers", label: "home.servers", icon: Layers, component: Servers },
  { name: "bots", path: "/bots", label: "home.bots", icon: Bot, component: Bots },
  { name: "account", path: "/account", label: "home.account", icon: UserRound, component: Account },
];
