/** What all tabs together want of the gateway: whose member lists are looked at, and whether the reader is anywhere. */
import type { Snowflake } from "../wire/types";

export type Range = readonly [first: number, last: number];

/** By channel, which rows of its list. */
export type Looks = Readonly<Record<Snowflake, readonly Range[]>>;

/** How the reader is in one tab, as the gateway is told it. */
export interface Presence {
  readonly status: string;
  /** Since when they are away, in milliseconds. */
  readonly since: number;
  readonly activities: readonly never[];
  readonly afk: boolean;
}

/** What one tab wants. */
export interface Wishes {
  /** By server. */
  readonly looks: Readonly<Record<Snowflake, Looks>>;
  /** Null where the reader was never away from this tab. */
  readonly presence: Presence | null;
}

export interface Command {
  readonly op: number;
  readonly d: unknown;
}

export const NOTHING: Wishes = { looks: {}, presence: null };

const SAY_PRESENCE = 3;
const SUBSCRIBE = 37;
/** The server keeps no more rows true for one channel. */
const MOST_RANGES = 5;
/** Only who chose to be online is ever said to be away. */
const HERE: Presence = { status: "online", since: 0, activities: [], afk: false };

/** Turn by turn the ranges of each tab, so that none goes without. */
function together(all: readonly (readonly Range[])[]): readonly Range[] {
  const found = new Map<string, Range>();
  const longest = Math.max(...all.map(({ length }) => length));
  for (let place = 0; place < longest; place++) {
    for (const ranges of all) {
      const range = ranges[place];
      if (range !== undefined) found.set(range.join(), range);
    }
  }
  return [...found.values()].slice(0, MOST_RANGES);
}

function looksAt(all: readonly Wishes[], guildId: Snowflake): Looks {
  const each = all.flatMap(({ looks: { [guildId]: looks } }) => (looks === undefined ? [] : [looks]));
  const channels = new Set(each.flatMap((looks) => Object.keys(looks)));
  return Object.fromEntries([...channels].map((id) => [id, together(each.flatMap((looks) => [looks[id] ?? []]))]));
}

/** Away is who is away from every tab, since they left the last one. */
function presenceOf(all: readonly Wishes[]): Presence | null {
  const said = all.flatMap(({ presence }) => presence ?? []);
  if (said.length === 0) return null;
  const away = said.filter(({ afk }) => afk);
  if (away.length < all.length) return HERE;
  return away.reduce((one, other) => (other.since > one.since ? other : one));
}

/** Says to the gateway what the tabs want, and nothing that it was told already. */
export class Voice {
  /** By server, as it was said. */
  readonly #looks = new Map<Snowflake, string>();
  #presence = "";

  /** A new session has heard nothing yet. */
  begin(): void {
    this.#looks.clear();
    this.#presence = "";
  }

  /** Another tab spoke so far, and may have said anything of this. */
  doubt(all: readonly Wishes[]): void {
    this.begin();
    for (const guildId of all.flatMap(({ looks }) => Object.keys(looks))) this.#looks.set(guildId, "");
  }

  /** What is to be said now. */
  next(all: readonly Wishes[]): readonly Command[] {
    const guilds = new Set([...this.#looks.keys(), ...all.flatMap(({ looks }) => Object.keys(looks))]);
    return [...[...guilds].flatMap((id) => this.#ofGuild(id, looksAt(all, id))), ...this.#ofPresence(presenceOf(all))];
  }

  #ofGuild(guildId: Snowflake, channels: Looks): readonly Command[] {
    const now = JSON.stringify(channels);
    const before = this.#looks.get(guildId);
    if (Object.keys(channels).length === 0) this.#looks.delete(guildId);
    else this.#looks.set(guildId, now);
    if (now === before || (before === undefined && !this.#looks.has(guildId))) return [];
    return [{ op: SUBSCRIBE, d: { subscriptions: { [guildId]: { typing: true, activities: true, threads: true, channels } } } }];
  }

  #ofPresence(presence: Presence | null): readonly Command[] {
    const now = JSON.stringify(presence);
    if (presence === null || now === this.#presence) return [];
    this.#presence = now;
    return [{ op: SAY_PRESENCE, d: presence }];
  }
}
