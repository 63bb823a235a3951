/** Flags of an application: what its bot may receive that is not given to everybody, and how it signs in. */

/** The limited grants, which are ours to give. */
export const PRIVILEGES = { content: 1 << 19, members: 1 << 15, presence: 1 << 13 } as const;
export type Privilege = keyof typeof PRIVILEGES;
export const ALL_PRIVILEGES = Object.keys(PRIVILEGES) as readonly Privilege[];

/** The full grants beside the limited ones; either lets the bot receive. */
const FULL: Record<Privilege, number> = { content: 1 << 18, members: 1 << 14, presence: 1 << 12 };

/** Of an application that runs where people are, and so keeps no secret. */
const PUBLIC_CLIENT = 1 << 8;

export function keepsNoSecret(flags: number): boolean {
  return (flags & PUBLIC_CLIENT) !== 0;
}

export function keeping(flags: number, isPublic: boolean): number {
  return isPublic ? flags | PUBLIC_CLIENT : flags & ~PUBLIC_CLIENT;
}

export function allowed(flags: number, privilege: Privilege): boolean {
  return (flags & (PRIVILEGES[privilege] | FULL[privilege])) !== 0;
}

/** The flags with a privilege given, or taken with both its grants. */
export function allowing(flags: number, privilege: Privilege, on: boolean): number {
  const rest = flags & ~(PRIVILEGES[privilege] | FULL[privilege]);
  return on ? rest | PRIVILEGES[privilege] : rest;
}
