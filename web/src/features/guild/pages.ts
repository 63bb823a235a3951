/** The pages of a server's settings: who may open which, and where each is drawn. */
import {
  AppWindow, Bot, Compass, Copy, DoorOpen, Flag, Gavel, Hand, Hash, Layers, ListChecks, ScrollText, ShieldAlert, Signpost, Siren, SlidersHorizontal, Smile, Sticker, Ticket, UserCheck,
  Users, UsersRound, Volume2,
} from "lucide";
import type { Component } from "svelte";
import type { Key } from "../../i18n/catalogue";
import { has, type PermissionName } from "../../permissions/permissions";
import type { Drawing } from "../../ui/icons";
import type { Snowflake } from "../../wire/types";

export interface PageProps {
  readonly guildId: Snowflake;
  /** What follows the page's name in the address. */
  readonly sub: string | undefined;
}

interface Page {
  readonly label: Key;
  /** What is on it, for who searches. */
  readonly words: Key;
  readonly icon: Drawing;
  readonly group: "place" | "arrival" | "order" | "connect";
  /** One of them is enough. */
  readonly needs: readonly PermissionName[];
  /** And all of these. */
  readonly also?: readonly PermissionName[];
  /** Only where the instance has a list of servers. */
  readonly isOfDiscovery?: boolean;
  readonly open: () => Promise<{ default: Component<PageProps> }>;
}

const EXPRESSIONS = ["MANAGE_GUILD_EXPRESSIONS", "CREATE_GUILD_EXPRESSIONS"] as const;
const KEEPERS = ["MANAGE_GUILD", "KICK_MEMBERS", "BAN_MEMBERS", "MODERATE_MEMBERS", "MANAGE_ROLES", "MANAGE_NICKNAMES"] as const;

export const PAGES = {
  overview: {
    label: "guild.overview",
    words: "guild.overview.words",
    icon: SlidersHorizontal,
    group: "place",
    needs: ["MANAGE_GUILD"],
    open: () => import("./overview/Overview.svelte"),
  },
  roles: { label: "guild.roles", words: "guild.roles.words", icon: Layers, group: "place", needs: ["MANAGE_ROLES"], open: () => import("./roles/Roles.svelte") },
  channels: {
    label: "guild.channels",
    words: "guild.channels.words",
    icon: Hash,
    group: "place",
    needs: ["MANAGE_CHANNELS", "MANAGE_ROLES"],
    open: () => import("./channels/Channels.svelte"),
  },
  emoji: { label: "guild.emoji", words: "guild.emoji.words", icon: Smile, group: "place", needs: EXPRESSIONS, open: () => import("./expressions/Emoji.svelte") },
  stickers: { label: "guild.stickers", words: "guild.stickers.words", icon: Sticker, group: "place", needs: EXPRESSIONS, open: () => import("./expressions/Stickers.svelte") },
  sounds: { label: "guild.sounds", words: "guild.sounds.words", icon: Volume2, group: "place", needs: EXPRESSIONS, open: () => import("./expressions/Sounds.svelte") },
  community: { label: "guild.community", words: "guild.community.words", icon: UsersRound, group: "arrival", needs: ["MANAGE_GUILD"], open: () => import("./arrival/Community.svelte") },
  door: { label: "guild.door", words: "guild.door.words", icon: DoorOpen, group: "arrival", needs: ["MANAGE_GUILD"], open: () => import("./arrival/Door.svelte") },
  requests: { label: "guild.requests", words: "guild.requests.words", icon: UserCheck, group: "arrival", needs: ["KICK_MEMBERS"], open: () => import("./arrival/Requests.svelte") },
  onboarding: {
    label: "guild.onboarding",
    words: "guild.onboarding.words",
    icon: ListChecks,
    group: "arrival",
    needs: ["MANAGE_GUILD"],
    also: ["MANAGE_ROLES"],
    open: () => import("./arrival/Onboarding.svelte"),
  },
  welcome: { label: "guild.welcome", words: "guild.welcome.words", icon: Hand, group: "arrival", needs: ["MANAGE_GUILD"], open: () => import("./arrival/WelcomePage.svelte") },
  guide: { label: "guild.guide", words: "guild.guide.words", icon: Signpost, group: "arrival", needs: ["MANAGE_GUILD"], open: () => import("./arrival/GuidePage.svelte") },
  discovery: {
    label: "guild.discovery",
    words: "guild.discovery.words",
    icon: Compass,
    group: "arrival",
    needs: ["MANAGE_GUILD"],
    isOfDiscovery: true,
    open: () => import("./arrival/Discovery.svelte"),
  },
  members: { label: "guild.members", words: "guild.members.words", icon: Users, group: "order", needs: KEEPERS, open: () => import("./members/Members.svelte") },
  bans: { label: "guild.bans", words: "guild.bans.words", icon: Gavel, group: "order", needs: ["BAN_MEMBERS"], open: () => import("./members/Bans.svelte") },
  audit: { label: "guild.audit", words: "guild.audit.words", icon: ScrollText, group: "order", needs: ["VIEW_AUDIT_LOG"], open: () => import("./audit/Audit.svelte") },
  reports: {
    label: "guild.reports",
    words: "guild.reports.words",
    icon: Flag,
    group: "order",
    needs: ["MODERATE_MEMBERS"],
    open: () => import("./reports/Reports.svelte"),
  },
  automod: { label: "guild.automod", words: "guild.automod.words", icon: ShieldAlert, group: "order", needs: ["MANAGE_GUILD"], open: () => import("./automod/Automod.svelte") },
  raids: { label: "guild.raids", words: "guild.raids.words", icon: Siren, group: "order", needs: ["MANAGE_GUILD"], open: () => import("./raids/Raids.svelte") },
  invites: { label: "guild.invites", words: "guild.invites.words", icon: Ticket, group: "connect", needs: ["MANAGE_GUILD"], open: () => import("./connect/Invites.svelte") },
  integrations: {
    label: "guild.integrations",
    words: "guild.integrations.words",
    icon: Bot,
    group: "connect",
    needs: ["MANAGE_GUILD", "MANAGE_WEBHOOKS"],
    open: () => import("./connect/Integrations.svelte"),
  },
  widget: { label: "guild.widget", words: "guild.widget.words", icon: AppWindow, group: "connect", needs: ["MANAGE_GUILD"], open: () => import("./connect/Widget.svelte") },
  templates: { label: "guild.templates", words: "guild.templates.words", icon: Copy, group: "connect", needs: ["MANAGE_GUILD"], open: () => import("./connect/Templates.svelte") },
} as const satisfies Record<string, Page>;

export type PageName = keyof typeof PAGES;

export const GROUPS = ["place", "arrival", "order", "connect"] as const;

export function isPage(name: string | undefined): name is PageName {
  return name !== undefined && Object.hasOwn(PAGES, name);
}

/** What somebody may open with these permissions, in order. */
export function openPages(mine: bigint, instance: { readonly discovery: boolean } | null): readonly PageName[] {
  return (Object.keys(PAGES) as PageName[]).filter((name) => {
    const { needs, also = [], isOfDiscovery = false }: Page = PAGES[name];
    return needs.some((needed) => has(mine, needed)) && has(mine, ...also) && (!isOfDiscovery || instance?.discovery === true);
  });
}

export function pathOf(guildId: Snowflake, page?: PageName, sub?: string): string {
  return ["/guilds", guildId, page, sub].filter(Boolean).join("/");
}
