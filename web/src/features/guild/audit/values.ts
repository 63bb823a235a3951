/** A value of the audit log as words. */
import { toHex } from "../../../ui/presets";
import type { Snowflake } from "../../../wire/types";
import type { World } from "../../../world/world";
import type { App } from "../../app";
import { nameOf } from "../../people/names";
import { named } from "../../permissions";

const BITS: ReadonlySet<string> = new Set(["permissions", "allow", "deny"]);
const PEOPLE: ReadonlySet<string> = new Set(["owner_id", "inviter_id"]);
const CHANNELS: ReadonlySet<string> = new Set(["afk_channel_id", "system_channel_id", "parent_id", "channel_id"]);

interface Asked {
  readonly app: App;
  readonly world: World;
  readonly guildId: Snowflake;
  readonly key: string;
  /** The value on the other side: of bits, only what differs is said. */
  readonly other: unknown;
}

/** Null where nothing was or is. */
export function wordsOf(value: unknown, asked: Asked): string | null {
  const { say, date } = asked.app.speech;
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "boolean") return say(value ? "guild.yes" : "guild.no");
  if (typeof value === "number") return asked.key === "color" ? toHex(value) : String(value);
  if (Array.isArray(value)) return value.map((one: unknown) => namedOne(one)).filter(Boolean).join(", ");
  if (typeof value !== "string") return JSON.stringify(value);
  if (BITS.has(asked.key)) return permissionWords(value, asked);
  if (CHANNELS.has(asked.key)) return `#${asked.world.channels.byId.get(value)?.name ?? value}`;
  if (PEOPLE.has(asked.key)) return nameOf(asked.world, value, asked.guildId) || value;
  return asked.key.endsWith("_until") ? date(value) : value;
}

/** The roles that were given or taken come with their names. */
function namedOne(one: unknown): string {
  return typeof one === "object" && one !== null && "name" in one ? String(one.name) : String(one);
}

function permissionWords(value: string, { app, other }: Asked): string | null {
  const differing = BigInt(value) & ~BigInt(typeof other === "string" && other !== "" ? other : 0);
  const words = named(differing).map((name) => app.speech.say(`permission.${name}`));
  return words.length === 0 ? null : words.join(", ");
}
