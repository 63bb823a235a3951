/** What can be changed of a role. */
import type { ModifyRoleInput, Role } from "../../../wire/types";

const NAMES = ["name", "color", "hoist", "mentionable", "icon", "unicode_emoji", "permissions"] as const;

export type RoleValues = { -readonly [Name in (typeof NAMES)[number]]: Exclude<Role[Name], undefined> } & ModifyRoleInput;

export function roleValues(role: Role): RoleValues {
  return Object.fromEntries(NAMES.map((name) => [name, role[name]])) as unknown as RoleValues;
}
