/** Who may do what: Discord's bits, and how roles and overwrites add up. Pure; the server has the last word. */
import type { Overwrite, Role, Snowflake } from "../wire/types";

const BITS = {
  CREATE_INSTANT_INVITE: 0,
  KICK_MEMBERS: 1,
  BAN_MEMBERS: 2,
  ADMINISTRATOR: 3,
  MANAGE_CHANNELS: 4,
  MANAGE_GUILD: 5,
  ADD_REACTIONS: 6,
  VIEW_AUDIT_LOG: 7,
  PRIORITY_SPEAKER: 8,
  STREAM: 9,
  VIEW_CHANNEL: 10,
  SEND_MESSAGES: 11,
  SEND_TTS_MESSAGES: 12,
  MANAGE_MESSAGES: 13,
  EMBED_LINKS: 14,
  ATTACH_FILES: 15,
  READ_MESSAGE_HISTORY: 16,
  MENTION_EVERYONE: 17,
  USE_EXTERNAL_EMOJIS: 18,
  VIEW_GUILD_INSIGHTS: 19,
  CONNECT: 20,
  SPEAK: 21,
  MUTE_MEMBERS: 22,
  DEAFEN_MEMBERS: 23,
  MOVE_MEMBERS: 24,
  USE_VAD: 25,
  CHANGE_NICKNAME: 26,
  MANAGE_NICKNAMES: 27,
  MANAGE_ROLES: 28,
  MANAGE_WEBHOOKS: 29,
  MANAGE_GUILD_EXPRESSIONS: 30,
  USE_APPLICATION_COMMANDS: 31,
  REQUEST_TO_SPEAK: 32,
  MANAGE_EVENTS: 33,
  MANAGE_THREADS: 34,
  CREATE_PUBLIC_THREADS: 35,
  CREATE_PRIVATE_THREADS: 36,
  USE_EXTERNAL_STICKERS: 37,
  SEND_MESSAGES_IN_THREADS: 38,
  USE_EMBEDDED_ACTIVITIES: 39,
  MODERATE_MEMBERS: 40,
  VIEW_CREATOR_MONETIZATION_ANALYTICS: 41,
  USE_SOUNDBOARD: 42,
  CREATE_GUILD_EXPRESSIONS: 43,
  CREATE_EVENTS: 44,
  USE_EXTERNAL_SOUNDS: 45,
  SEND_VOICE_MESSAGES: 46,
  SET_VOICE_CHANNEL_STATUS: 48,
  SEND_POLLS: 49,
  USE_EXTERNAL_APPS: 50,
  PIN_MESSAGES: 51,
  BYPASS_SLOWMODE: 52,
} as const;

export type PermissionName = keyof typeof BITS;

export const NAMES = Object.keys(BITS) as readonly PermissionName[];

export const PERMISSIONS = Object.fromEntries(
  Object.entries(BITS).map(([name, bit]) => [name, 1n << BigInt(bit)]),
) as Readonly<Record<PermissionName, bigint>>;

export const EVERYTHING = Object.values(PERMISSIONS).reduce((all, bit) => all | bit, 0n);

/** Somebody who might be anybody: owner of nothing, and named nowhere. */
export const NOBODY = "0";

/** What somebody keeps who may not speak yet, or not for a while. */
const IN_TIMEOUT = PERMISSIONS.VIEW_CHANNEL | PERMISSIONS.READ_MESSAGE_HISTORY;

export interface Standing {
  readonly guildId: Snowflake;
  readonly ownerId: Snowflake;
  readonly roles: ReadonlyMap<Snowflake, Role>;
  readonly userId: Snowflake;
  readonly memberRoles: readonly Snowflake[];
  readonly timedOut: boolean;
  /** Whether one has yet to agree to the rules. */
  readonly isPending?: boolean;
}

export function has(permissions: bigint, ...names: readonly PermissionName[]): boolean {
  return names.every((name) => (permissions & PERMISSIONS[name]) !== 0n);
}

/** What one may do in the guild as such. */
export function inGuild(standing: Standing): bigint {
  const { roles, memberRoles, guildId } = standing;
  if (standing.userId === standing.ownerId) return EVERYTHING;
  const given = [guildId, ...memberRoles].map((id) => BigInt(roles.get(id)?.permissions ?? 0));
  const all = given.reduce((sum, bits) => sum | bits, 0n);
  if (has(all, "ADMINISTRATOR")) return EVERYTHING;
  return onlyLooks(standing) ? all & IN_TIMEOUT : all;
}

/** Whether one sees what others do, and does nothing. */
export function onlyLooks({ timedOut, isPending = false }: Standing): boolean {
  return timedOut || isPending;
}

/** What one may do in a channel: everyone's overwrite first, then those of roles together, then one's own. */
export function inChannel(standing: Standing, overwrites: readonly Overwrite[]): bigint {
  const base = inGuild({ ...standing, timedOut: false, isPending: false });
  if (has(base, "ADMINISTRATOR")) return EVERYTHING;
  const byId = new Map(overwrites.map((one) => [one.id, one]));
  const ofRoles = standing.memberRoles.flatMap((id) => byId.get(id) ?? []);
  const order = [[byId.get(standing.guildId)], ofRoles, [byId.get(standing.userId)]];
  const all = order.reduce((bits, step) => overwritten(bits, step.filter((one) => one !== undefined)), base);
  if (!has(all, "VIEW_CHANNEL")) return 0n;
  return onlyLooks(standing) ? all & IN_TIMEOUT : all;
}

/** What the permissions in a channel are worth in its threads, where speaking has its own. */
export function inThread(bits: bigint): bigint {
  const speaks = has(bits, "SEND_MESSAGES_IN_THREADS");
  return speaks ? bits | PERMISSIONS.SEND_MESSAGES : bits & ~PERMISSIONS.SEND_MESSAGES;
}

function overwritten(bits: bigint, overwrites: readonly Overwrite[]): bigint {
  const deny = overwrites.reduce((sum, one) => sum | BigInt(one.deny), 0n);
  const allow = overwrites.reduce((sum, one) => sum | BigInt(one.allow), 0n);
  return (bits & ~deny) | allow;
}
