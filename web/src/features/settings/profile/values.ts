/** What a profile consists of, everywhere and in a server. */

export const AVATAR = { width: 512, height: 512 } as const;
export const BANNER = { width: 1200, height: 480 } as const;
export const LONGEST_BIO = 190;

/** A new picture as a data URL, null for none, undefined where nothing was chosen. */
export type Picked = string | null | undefined;

export interface Values {
  readonly name: string;
  readonly pronouns: string;
  readonly bio: string;
  readonly accent_color: number | null;
  readonly avatar: Picked;
  readonly banner: Picked;
}

/** `without` is what is seen where there is no picture. */
export function shownAs(picked: Picked, kept: string | undefined, without?: string): string | undefined {
  return picked === undefined ? kept : (picked ?? without);
}
