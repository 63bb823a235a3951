/** What the tabs of one person say to each other, and what they need of the browser for it. */
import type { Held, State } from "../gateway/connection";
import type { EventName } from "../world/parts";
import type { Dump } from "../world/world";
import type { Wishes } from "./wishes";

/** The name of a tab, for as long as it lives. */
export type Tab = string;

/** What the tab that leads heard of the gateway, and how far that was. */
export interface Heard {
  readonly at: Held;
  readonly name: EventName;
  readonly data: unknown;
}

/** All that a tab needs to go on as one of many. */
export interface Welcome {
  readonly state: State;
  readonly held: Held | null;
  /** Null where the tab knows all of it, or nobody does yet. */
  readonly picture: Dump | null;
  readonly tabs: readonly (readonly [Tab, Wishes])[];
  readonly front: Tab;
}

export type Saying =
  | { readonly kind: "hello"; readonly wishes: Wishes; readonly held: Held | null }
  | ({ readonly kind: "welcome" } & Welcome)
  | { readonly kind: "wishes"; readonly wishes: Wishes }
  /** A tab is gone; also said of one that died. */
  | { readonly kind: "bye" }
  /** Whoever says this has the socket from now on. */
  | { readonly kind: "lead" }
  | ({ readonly kind: "heard" } & Heard)
  | { readonly kind: "state"; readonly state: State }
  | { readonly kind: "say"; readonly op: number; readonly d: unknown }
  | { readonly kind: "retry" }
  /** The reader came to this tab last. */
  | { readonly kind: "front" }
  | { readonly kind: "ping" }
  | { readonly kind: "pong" };

export type Word = Saying & { readonly from: Tab };

export interface Mail {
  /** To all other tabs. */
  post(word: Word): void;
  /** To one of them. */
  tell(tab: Tab, word: Word): void;
  onWord(heard: (word: Word) => void): void;
  close(): void;
}

export type Release = () => void;

export interface Locks {
  /** Be known to live until this is released or the tab is gone. */
  live(tab: Tab, done: () => void): Release;
  mourn(tab: Tab, gone: () => void): Release;
  /** Wait to lead, or with force take it from who does; `lost` where another one took it by force. */
  lead(won: () => void, lost: () => void, force: boolean): Release;
}

export interface Browser {
  readonly tab: Tab;
  readonly mail: () => Mail;
  readonly locks: Locks;
}
