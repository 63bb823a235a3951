/** What the server names by a word of its own, in words for people. */
import type { Key } from "../../i18n/catalogue";
import type { Speech } from "../speech.svelte";

type Names = Readonly<Record<string, Key>>;

const NAMES = {
  warning: {
    rate_limits_off: "admin.warning.rate_limits_off",
    no_mail: "admin.warning.no_mail",
    database_crowded: "admin.warning.database_crowded",
    queue_long: "admin.warning.queue_long",
    store_down: "admin.warning.store_down",
    disk_low: "admin.warning.disk_low",
    no_backup: "admin.warning.no_backup",
    backup_late: "admin.warning.backup_late",
    backup_damaged: "admin.warning.backup_damaged",
  },
  kind: {
    attachments: "admin.kind.attachments",
    link_previews: "admin.kind.link_previews",
    exports: "admin.kind.exports",
    emojis: "admin.kind.emojis",
    stickers: "admin.kind.stickers",
    sounds: "admin.kind.sounds",
  },
  queue: {
    mails: "admin.queue.mails",
    pushes: "admin.queue.pushes",
    link_previews: "admin.queue.link_previews",
    video_previews: "admin.queue.video_previews",
    search: "admin.queue.search",
    forsaken_files: "admin.queue.forsaken_files",
  },
  deed: {
    admin_grant: "admin.deed.admin_grant",
    admin_revoke: "admin.deed.admin_revoke",
    password_link: "admin.deed.password_link",
    user_disable: "admin.deed.user_disable",
    user_enable: "admin.deed.user_enable",
    user_delete: "admin.deed.user_delete",
    badge_award: "admin.deed.badge_award",
    badge_withdraw: "admin.deed.badge_withdraw",
    code_create: "admin.deed.code_create",
    code_delete: "admin.deed.code_delete",
    settings_change: "admin.deed.settings_change",
    jobs_retry: "admin.deed.jobs_retry",
    jobs_drop: "admin.deed.jobs_drop",
    purge_stop: "admin.deed.purge_stop",
    harvest_retry: "admin.deed.harvest_retry",
    backup_make: "admin.deed.backup_make",
    backup_delete: "admin.deed.backup_delete",
    backup_download: "admin.deed.backup_download",
    backup_upload: "admin.deed.backup_upload",
    backup_restore: "admin.deed.backup_restore",
  },
  outlet: { crossposts: "admin.outlet.crossposts", previews: "admin.outlet.previews", push: "admin.outlet.push" },
} as const satisfies Record<string, Names>;

/** A newer server may have others: those are shown as it calls them. */
export function named(say: Speech["say"], group: keyof typeof NAMES, name: string): string {
  const names: Names = NAMES[group];
  const known = names[name];
  return known === undefined ? name.replaceAll("_", " ") : say(known);
}
