/** The permissions a channel has something to say about, and finding one among many. */
import { ALL_PERMISSION_GROUPS, PERMISSION_GROUPS, type OfferedPermission, type PermissionGroup } from "../permissions";
import { CATEGORY, WITH_SOUND } from "../channels/listed";

export interface ShownGroup {
  readonly name: PermissionGroup;
  readonly permissions: readonly OfferedPermission[];
}

export const GROUPS: readonly ShownGroup[] = ALL_PERMISSION_GROUPS.map((name) => ({ name, permissions: PERMISSION_GROUPS[name] }));

/** What is said for the whole server only. */
const WHOLE: ReadonlySet<OfferedPermission> = new Set([
  "CREATE_GUILD_EXPRESSIONS", "MANAGE_GUILD_EXPRESSIONS", "VIEW_AUDIT_LOG", "MANAGE_GUILD", "CHANGE_NICKNAME",
  "MANAGE_NICKNAMES", "KICK_MEMBERS", "BAN_MEMBERS", "MODERATE_MEMBERS", "ADMINISTRATOR",
]);

/** What can be said of a channel of this kind. */
export function groupsIn(channelType: number): readonly ShownGroup[] {
  const hasSound = channelType === CATEGORY || WITH_SOUND.has(channelType);
  return GROUPS.filter(({ name }) => hasSound || (name !== "voice" && name !== "events"))
    .map(({ name, permissions }) => ({ name, permissions: permissions.filter((one) => !WHOLE.has(one)) }))
    .filter(({ permissions }) => permissions.length > 0);
}

/** Only what somebody looks for. */
export function narrowed(groups: readonly ShownGroup[], sought: string, wordsOf: (name: OfferedPermission) => string): readonly ShownGroup[] {
  const wanted = sought.trim().toLocaleLowerCase();
  return groups
    .map(({ name, permissions }) => ({ name, permissions: permissions.filter((one) => wordsOf(one).toLocaleLowerCase().includes(wanted)) }))
    .filter(({ permissions }) => permissions.length > 0);
}
