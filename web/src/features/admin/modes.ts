/** The ways into an instance. */

/** The names of the settings. */
export const NAME = "instance.name";
export const REGISTRATION = "auth.registration";

export const MODES = ["open", "invite", "codes", "closed"] as const;
export type Mode = (typeof MODES)[number];

export function isMode(name: string): name is Mode {
  return (MODES as readonly string[]).includes(name);
}
