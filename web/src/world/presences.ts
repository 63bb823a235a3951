/** How people are: what their presence comes to, and the one line they show of themselves. */
import type { Activity, Snowflake } from "../wire/types";
import type { World } from "./world";

export const STATUSES = ["online", "idle", "dnd", "invisible"] as const;

/** What one can choose to be. */
export type Chosen = (typeof STATUSES)[number];

/** What others can be seen to be. */
export type Status = "online" | "idle" | "dnd" | "offline";

const CUSTOM = 4;

const isShown = (status: string): status is Status => status === "online" || status === "idle" || status === "dnd";

export function statusOf(world: World, userId: Snowflake): Status {
  if (userId === world.people.me) return ownStatus(world);
  const status = world.people.presence(userId)?.status ?? "";
  return isShown(status) ? status : "offline";
}

/** What one chose to be, on all of one's devices. */
export function chosenStatus(world: World): Chosen {
  return STATUSES.find((status) => status === world.selves.settings.status) ?? "online";
}

/** How one is seen now: who was away for a while is idle though they chose to be online. */
export function ownStatus(world: World): Status {
  const [foremost] = world.selves.sessions;
  const status = foremost?.status ?? chosenStatus(world);
  return isShown(status) ? status : "offline";
}

export interface Emblem {
  /** Null for a character. */
  readonly id: Snowflake | null;
  readonly name: string;
  readonly animated: boolean;
}

/** What somebody says of themselves, or what they do. */
export interface Doing {
  readonly emblem: Emblem | null;
  readonly text: string;
  /** Of what somebody does, in which way; null for one's own words. */
  readonly kind: number | null;
}

function emblemOf({ emoji }: Activity): Emblem | null {
  const id = typeof emoji?.["id"] === "string" ? emoji["id"] : null;
  const name = typeof emoji?.["name"] === "string" ? emoji["name"] : "";
  return id === null && name === "" ? null : { id, name, animated: emoji?.["animated"] === true };
}

/** One's own words come before what one does. */
function doing(activities: readonly Activity[]): Doing | null {
  const custom = activities.find(({ type }) => type === CUSTOM);
  if (custom !== undefined) {
    const said = { emblem: emblemOf(custom), text: custom.state ?? "", kind: null };
    if (said.emblem !== null || said.text !== "") return said;
  }
  const other = activities.find(({ type }) => type !== CUSTOM);
  return other === undefined ? null : { emblem: null, text: other.name, kind: other.type };
}

export function doingOf(world: World, userId: Snowflake): Doing | null {
  const seen = doing(world.people.presence(userId)?.activities ?? []);
  return seen ?? (userId === world.people.me ? ownWords(world, new Date()) : null);
}

/** One's own words as they stand in the settings, until their time is over. */
export function ownWords(world: World, now: Date): Doing | null {
  const custom = world.selves.settings.custom_status;
  if (!custom || (custom.expires_at !== null && new Date(custom.expires_at) <= now)) return null;
  const name = custom.emoji_name ?? "";
  const emblem = name === "" && custom.emoji_id === null ? null : { id: custom.emoji_id, name, animated: false };
  return { emblem, text: custom.text ?? "", kind: null };
}
