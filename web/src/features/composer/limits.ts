/** How much one may send: letters of a message, bytes of a file. */
import type { InstanceLimits, Snowflake } from "../../wire/types";
import type { World } from "../../world/world";

export const MOST_FILES = 10;
/** The count is shown when so few letters are left. */
export const NEAR = 200;

/** Bytes of one file: the instance's limit, or what one's roles say below it. */
export function largestFile(world: World, channelId: Snowflake, { upload_bytes }: InstanceLimits): number {
  const guildId = world.guildOf(channelId);
  const me = world.people.me;
  if (guildId === undefined || me === null) return upload_bytes;
  const roles = world.roles.of(guildId);
  const own = [guildId, ...(world.people.member(guildId, me)?.roles ?? [])];
  const said = own.flatMap((id) => roles.get(id)?.upload_bytes ?? []);
  return said.length === 0 ? upload_bytes : Math.min(upload_bytes, Math.max(...said));
}

export type TooMuch = { readonly why: "many" } | { readonly why: "large" | "together"; readonly name: string; readonly size: number; readonly most: number };

interface Sized {
  readonly name: string;
  readonly size: number;
}

/** What is wrong with adding these files to those that are there. */
export function tooMuch(there: readonly number[], files: readonly Sized[], largest: number, messageBytes: number): TooMuch | undefined {
  if (there.length + files.length > MOST_FILES) return { why: "many" };
  const huge = files.find(({ size }) => size > largest);
  if (huge !== undefined) return { why: "large", name: huge.name, size: huge.size, most: largest };
  const all = [...there, ...files.map(({ size }) => size)].reduce((sum, size) => sum + size, 0);
  const most = Math.max(largest, messageBytes);
  return all > most ? { why: "together", name: files[0]?.name ?? "", size: all, most } : undefined;
}
