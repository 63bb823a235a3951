/** Permissions as they are offered to people: in groups, the usual ones first. */
import { PERMISSIONS, type PermissionName } from "../permissions/permissions";

export const PERMISSION_GROUPS = {
  general: [
    "VIEW_CHANNEL",
    "CREATE_INSTANT_INVITE",
    "CHANGE_NICKNAME",
    "MANAGE_NICKNAMES",
    "MANAGE_CHANNELS",
    "MANAGE_ROLES",
    "CREATE_GUILD_EXPRESSIONS",
    "MANAGE_GUILD_EXPRESSIONS",
    "MANAGE_WEBHOOKS",
    "VIEW_AUDIT_LOG",
    "MANAGE_GUILD",
    "ADMINISTRATOR",
  ],
  order: ["KICK_MEMBERS", "BAN_MEMBERS", "MODERATE_MEMBERS", "MANAGE_MESSAGES", "PIN_MESSAGES", "MANAGE_THREADS", "BYPASS_SLOWMODE"],
  text: [
    "SEND_MESSAGES",
    "SEND_MESSAGES_IN_THREADS",
    "CREATE_PUBLIC_THREADS",
    "CREATE_PRIVATE_THREADS",
    "EMBED_LINKS",
    "ATTACH_FILES",
    "ADD_REACTIONS",
    "USE_EXTERNAL_EMOJIS",
    "USE_EXTERNAL_STICKERS",
    "MENTION_EVERYONE",
    "READ_MESSAGE_HISTORY",
    "SEND_TTS_MESSAGES",
    "SEND_VOICE_MESSAGES",
    "SEND_POLLS",
    "USE_APPLICATION_COMMANDS",
    "USE_EXTERNAL_APPS",
  ],
  voice: [
    "CONNECT",
    "SPEAK",
    "STREAM",
    "USE_VAD",
    "PRIORITY_SPEAKER",
    "MUTE_MEMBERS",
    "DEAFEN_MEMBERS",
    "MOVE_MEMBERS",
    "REQUEST_TO_SPEAK",
    "SET_VOICE_CHANNEL_STATUS",
    "USE_SOUNDBOARD",
    "USE_EXTERNAL_SOUNDS",
    "USE_EMBEDDED_ACTIVITIES",
  ],
  events: ["CREATE_EVENTS", "MANAGE_EVENTS"],
} as const satisfies Record<string, readonly PermissionName[]>;

export type PermissionGroup = keyof typeof PERMISSION_GROUPS;
export type OfferedPermission = (typeof PERMISSION_GROUPS)[PermissionGroup][number];

export const ALL_PERMISSION_GROUPS = Object.keys(PERMISSION_GROUPS) as readonly PermissionGroup[];

export const OFFERED: readonly OfferedPermission[] = Object.values(PERMISSION_GROUPS).flat();

/** The bits of some permissions together. */
export function bitsOf(names: Iterable<OfferedPermission>): bigint {
  return [...names].reduce((all, name) => all | PERMISSIONS[name], 0n);
}

/** Which permissions some bits are. */
export function named(bits: bigint): readonly OfferedPermission[] {
  return OFFERED.filter((name) => (bits & PERMISSIONS[name]) !== 0n);
}
