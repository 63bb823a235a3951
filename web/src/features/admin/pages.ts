/** The pages of the console, in the order they are listed. */
import { ArchiveRestore, Flag, Gauge, HeartPulse, ListTodo, ScrollText, Ticket, UsersRound } from "lucide";
import type { Component } from "svelte";
import type { Key } from "../../i18n/catalogue";
import type { Drawing } from "../../ui/icons";

interface Page {
  readonly name: string;
  readonly label: Key;
  readonly icon: Drawing;
  readonly open: () => Promise<{ default: Component }>;
}

export const PAGES: readonly [Page, ...Page[]] = [
  { name: "overview", label: "admin.overview", icon: HeartPulse, open: () => import("./Overview.svelte") },
  { name: "users", label: "admin.users", icon: UsersRound, open: () => import("./Users.svelte") },
  { name: "registration", label: "admin.registration", icon: Ticket, open: () => import("./Registration.svelte") },
  { name: "reports", label: "admin.reports", icon: Flag, open: () => import("./Reports.svelte") },
  { name: "backups", label: "backups.title", icon: ArchiveRestore, open: () => import("../backups/Backups.svelte") },
  { name: "jobs", label: "admin.jobs", icon: ListTodo, open: () => import("./Jobs.svelte") },
  { name: "log", label: "admin.log", icon: ScrollText, open: () => import("./Log.svelte") },
  { name: "limits", label: "admin.limits", icon: Gauge, open: () => import("./Limits.svelte") },
];
