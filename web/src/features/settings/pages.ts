/** The pages of the settings, in the order they are listed; each is fetched when it is opened. */
import { Bell, Cog, Download, Keyboard, KeyRound, Languages, MessageSquareText, MonitorSmartphone, Palette, ShieldCheck, UserRound } from "lucide";
import type { Component } from "svelte";
import type { Key } from "../../i18n/catalogue";
import type { Drawing } from "../../ui/icons";

interface Page {
  readonly name: string;
  readonly label: Key;
  readonly icon: Drawing;
  /** What is on it, for the search. */
  readonly words: readonly Key[];
  readonly open: () => Promise<{ default: Component }>;
  /** In two columns. */
  readonly wide?: boolean;
}

interface Group {
  readonly title: Key;
  readonly pages: readonly Page[];
}

export const GROUPS: readonly Group[] = [
  {
    title: "settings.you",
    pages: [
      {
        name: "profile",
        label: "settings.profile",
        icon: UserRound,
        words: ["field.displayName", "settings.avatar", "settings.banner", "settings.bio", "settings.pronouns", "settings.accent"],
        open: () => import("./profile/Profile.svelte"),
        wide: true,
      },
      {
        name: "account",
        label: "settings.account",
        icon: KeyRound,
        words: ["field.username", "settings.address", "field.password", "settings.factors", "settings.totp", "settings.codes", "settings.passkeys", "settings.disable", "settings.delete"],
        open: () => import("./account/Account.svelte"),
      },
      {
        name: "sessions",
        label: "settings.sessions",
        icon: MonitorSmartphone,
        words: ["settings.devices", "settings.consents"],
        open: () => import("./sessions/Sessions.svelte"),
      },
      {
        name: "privacy",
        label: "settings.privacy",
        icon: ShieldCheck,
        words: ["settings.messages", "settings.friendRequests", "settings.typing", "settings.previews", "settings.blocked", "settings.ignored", "settings.telemetry"],
        open: () => import("./privacy/Privacy.svelte"),
      },
    ],
  },
  {
    title: "settings.app",
    pages: [
      {
        name: "appearance",
        label: "settings.appearance",
        icon: Palette,
        words: ["settings.theme", "settings.density", "settings.textSize", "settings.zoom", "settings.hue", "settings.roleColours", "settings.saturation", "settings.motion"],
        open: () => import("./appearance/Appearance.svelte"),
        wide: true,
      },
      {
        name: "chat",
        label: "settings.chat",
        icon: MessageSquareText,
        words: ["settings.grouping", "settings.spoilers", "settings.sendWith", "settings.openAt", "settings.animate", "settings.tone"],
        open: () => import("./Chat.svelte"),
      },
      {
        name: "notifications",
        label: "settings.notifications",
        icon: Bell,
        words: ["settings.desktop", "settings.push", "settings.words", "settings.quiet", "settings.sounds", "settings.perServer"],
        open: () => import("./notifications/Notifications.svelte"),
      },
      { name: "keys", label: "settings.keys", icon: Keyboard, words: ["keys.title"], open: () => import("./keyboard/Keyboard.svelte") },
      { name: "language", label: "settings.language", icon: Languages, words: ["settings.languageChoose"], open: () => import("./Language.svelte") },
      {
        name: "advanced",
        label: "settings.advanced",
        icon: Cog,
        words: ["settings.developer", "settings.caches", "settings.version", "settings.licences"],
        open: () => import("./advanced/Advanced.svelte"),
      },
    ],
  },
  {
    title: "settings.data",
    pages: [{ name: "export", label: "settings.export", icon: Download, words: ["settings.exportPart"], open: () => import("./data/Export.svelte") }],
  },
];

export const FIRST = "profile";

export const pathOf = (name: string): string => `/settings/${name}`;

export function pageNamed(name: string | undefined): Page | undefined {
  return GROUPS.flatMap(({ pages }) => pages).find((page) => page.name === name);
}
