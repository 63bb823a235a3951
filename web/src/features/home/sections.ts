/** The pages of the home, in the order of the menu. */
import type { Component } from "svelte";
import type { Key } from "../../i18n/catalogue";
import type { IconName } from "../../ui/icons";
import type { Section } from "../routes";
import Account from "./Account.svelte";
import Bots from "./Bots.svelte";
import Servers from "./Servers.svelte";

interface Page {
  readonly name: Section;
  readonly path: string;
  readonly label: Key;
  readonly icon: IconName;
  readonly component: Component;
}

export const SECTIONS: readonly [Page, ...Page[]] = [
  { name: "servers", path: "/", label: "home.servers", icon: "servers", component: Servers },
  { name: "bots", path: "/bots", label: "home.bots", icon: "bot", component: Bots },
  { name: "account", path: "/account", label: "home.account", icon: "person", component: Account },
];
