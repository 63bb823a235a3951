/** What the audit log calls things: actions, fields, and what an entry is about. */
import type { Key } from "../../../i18n/catalogue";
import type { AuditLog, Entry, Snowflake } from "../../../wire/types";

const NUMBERS = [
  1, 10, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25, 26, 27, 28, 30, 31, 32, 40, 41, 42, 50, 51, 52, 60, 61, 62, 72, 73, 74, 75,
  90, 91, 92, 130, 131, 132, 140, 141, 142, 143, 144, 145, 146,
] as const;

export type ActionNumber = (typeof NUMBERS)[number];
export const ACTIONS: readonly ActionNumber[] = NUMBERS;

/** Others have been named by a newer server than this client. */
export function isAction(number: number): number is ActionNumber {
  return (ACTIONS as readonly number[]).includes(number);
}

export type Subject = "guild" | "channel" | "user" | "role" | "automod" | "other";

const SUBJECTS: readonly (readonly [from: number, to: number, Subject])[] = [
  [1, 1, "guild"],
  [10, 15, "channel"],
  [20, 28, "user"],
  [30, 32, "role"],
  [72, 72, "user"],
  [73, 73, "channel"],
  [74, 75, "user"],
  [143, 146, "automod"],
];

export function subjectOf(action: number): Subject {
  return SUBJECTS.find(([from, to]) => action >= from && action <= to)?.[2] ?? "other";
}

/** Things come, change or go. */
export function mannerOf(action: number): "made" | "changed" | "gone" {
  if ([10, 13, 28, 30, 40, 50, 60, 74, 90, 130, 140].includes(action)) return "made";
  return [12, 15, 20, 21, 22, 27, 32, 42, 52, 62, 72, 73, 92, 132, 142].includes(action) ? "gone" : "changed";
}

/** The name it had, for what is not there any more. */
export function nameIn({ changes = [] }: Entry): string | undefined {
  const named = changes.find(({ key }) => key === "name" || key === "code");
  const value = named?.new_value ?? named?.old_value;
  return typeof value === "string" ? value : undefined;
}

export function userIn(log: readonly AuditLog["users"][number][], id: Snowflake | null): AuditLog["users"][number] | undefined {
  return log.find((user) => user.id === id);
}

export const FIELDS: Readonly<Record<string, Key>> = {
  name: "guild.field.name",
  description: "guild.field.description",
  topic: "guild.field.topic",
  icon_hash: "guild.field.icon",
  banner_hash: "guild.field.banner",
  owner_id: "guild.field.owner",
  afk_channel_id: "guild.field.afkChannel",
  afk_timeout: "guild.field.afkTimeout",
  system_channel_id: "guild.field.systemChannel",
  verification_level: "guild.field.verification",
  explicit_content_filter: "guild.field.filter",
  default_message_notifications: "guild.field.notices",
  vanity_url_code: "guild.field.vanity",
  position: "guild.field.position",
  parent_id: "guild.field.category",
  nsfw: "guild.field.adult",
  rate_limit_per_user: "guild.field.slow",
  bitrate: "guild.field.bitrate",
  user_limit: "guild.field.limit",
  type: "guild.field.type",
  color: "guild.field.colour",
  hoist: "guild.field.hoist",
  mentionable: "guild.field.mentionable",
  permissions: "guild.field.permissions",
  allow: "guild.field.allow",
  deny: "guild.field.deny",
  nick: "guild.field.nick",
  mute: "guild.field.mute",
  deaf: "guild.field.deaf",
  communication_disabled_until: "guild.field.timeout",
  $add: "guild.field.rolesGiven",
  $remove: "guild.field.rolesTaken",
  code: "guild.field.code",
  channel_id: "guild.field.channel",
  inviter_id: "guild.field.inviter",
  max_uses: "guild.field.maxUses",
  max_age: "guild.field.maxAge",
  uses: "guild.field.uses",
  temporary: "guild.field.temporary",
  tags: "guild.field.tags",
  volume: "guild.field.volume",
};

/** Details nobody looks for: they follow from another change, or are of the machine. */
const QUIET: ReadonlySet<string> = new Set(["colors", "permission_overwrites", "id", "flags", "features", "application_id", "format_type", "system_channel_flags"]);

export function shownChanges({ changes = [] }: Entry): NonNullable<Entry["changes"]> {
  return changes.filter(({ key, old_value, new_value }) => !QUIET.has(key) && (isTold(old_value) || isTold(new_value)));
}

function isTold(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
