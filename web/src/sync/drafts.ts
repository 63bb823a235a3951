/** What was begun and not sent, by channel; it survives the page. */
import type { Snowflake } from "../wire/types";
import { Table } from "../world/table";
import type { Parcel } from "./letters";

export interface Answer {
  readonly messageId: Snowflake;
  /** Whether its author is called by it. */
  readonly mention: boolean;
}

export interface Draft {
  readonly text: string;
  readonly answer?: Answer;
  /** Names of files that were chosen; the browser does not keep the files themselves. */
  readonly files?: readonly string[];
}

/** The browser's localStorage fits. */
export interface Drawer {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const EMPTY: Draft = { text: "" };
const NO_PARCELS: readonly Parcel[] = [];

type Kept = Readonly<Record<Snowflake, Draft>>;

export class Drafts {
  readonly #drawer: Drawer;
  readonly #key: string;
  readonly #byChannel = new Table<Draft>();
  /** Files stay for as long as the page. */
  readonly #parcels = new Table<readonly Parcel[]>();

  constructor(drawer: Drawer, userId: Snowflake) {
    this.#drawer = drawer;
    this.#key = `rift.drafts.${userId}`;
    this.#byChannel.become(Object.entries(this.#kept()));
  }

  of(channelId: Snowflake): Draft {
    return this.#byChannel.get(channelId) ?? EMPTY;
  }

  parcelsIn(channelId: Snowflake): readonly Parcel[] {
    return this.#parcels.get(channelId) ?? NO_PARCELS;
  }

  setParcels(channelId: Snowflake, parcels: readonly Parcel[]): void {
    if (parcels.length === 0) this.#parcels.delete(channelId);
    else this.#parcels.set(channelId, parcels);
  }

  /** Channels in which something was begun. */
  channels(): readonly Snowflake[] {
    return [...this.#byChannel.ids()];
  }

  set(channelId: Snowflake, draft: Draft): void {
    const isEmpty = draft.text.trim() === "" && draft.answer === undefined && !draft.files?.length;
    if (isEmpty) this.#byChannel.delete(channelId);
    else this.#byChannel.set(channelId, draft);
    // Another tab may have written of other channels since.
    const others = Object.entries(this.#kept()).filter(([id]) => id !== channelId);
    const all = isEmpty ? others : [...others, [channelId, draft]];
    this.#drawer.setItem(this.#key, JSON.stringify(Object.fromEntries(all)));
  }

  /** Another tab has written. */
  reread(): void {
    this.#byChannel.become(Object.entries(this.#kept()));
  }

  forget(): void {
    this.#byChannel.clear();
    this.#drawer.removeItem(this.#key);
  }

  /** What cannot be read any more is as good as never written. */
  #kept(): Kept {
    try {
      const found: unknown = JSON.parse(this.#drawer.getItem(this.#key) ?? "{}");
      return typeof found === "object" && found !== null ? (found as Kept) : {};
    } catch (problem) {
      if (problem instanceof SyntaxError) return {};
      throw problem;
    }
  }
}
