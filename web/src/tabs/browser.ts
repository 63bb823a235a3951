/** The browser's own channels, locks and comings and goings of pages, for the line that tabs share. */
import type { Snowflake } from "../wire/types";
import type { SharedLine } from "./line";
import type { Browser, Locks, Mail, Release, Tab, Word } from "./words";

/** Tabs of clients that speak otherwise to each other do not share a line. */
const VERSION = 1;

/** How many tabs there are nobody knows in a browser without locks, which are for secure pages only. */
export function browserOf(userId: Snowflake): Browser {
  const tab = crypto.getRandomValues(new Uint32Array(2)).join("-");
  if (!("locks" in navigator) || !("BroadcastChannel" in globalThis)) return { tab, mail: () => NOBODY, locks: ALONE };
  const name = `rift.line.${VERSION}.${userId}`;
  return { tab, mail: () => mailOf(name, tab), locks: locksOf(name) };
}

const NOTHING = () => undefined;
const NOBODY: Mail = { post: NOTHING, tell: NOTHING, onWord: NOTHING, close: NOTHING };
const ALONE: Locks = {
  live: (_tab, done) => {
    done();
    return NOTHING;
  },
  mourn: () => NOTHING,
  lead: (won) => {
    won();
    return NOTHING;
  },
};

function mailOf(name: string, tab: Tab): Mail {
  const all = new BroadcastChannel(name);
  const own = new BroadcastChannel(`${name}.${tab}`);
  return {
    post: (word) => all.postMessage(word),
    tell: (to, word) => {
      const other = new BroadcastChannel(`${name}.${to}`);
      other.postMessage(word);
      other.close();
    },
    onWord: (heard) => {
      for (const channel of [all, own]) channel.onmessage = ({ data }: MessageEvent<Word>) => heard(data);
    },
    close: () => {
      all.close();
      own.close();
    },
  };
}

function locksOf(name: string): Locks {
  const ofTab = (tab: Tab) => `${name}.${tab}`;
  return {
    live: (tab, done) => hold(ofTab(tab), done),
    mourn: (tab, gone) => {
      const release = hold(ofTab(tab), () => {
        release();
        gone();
      });
      return release;
    },
    lead: (won, lost, force) => hold(name, won, lost, force),
  };
}

/** Wait for a lock, and have it until it is released or taken away. */
function hold(name: string, won: () => void, lost: () => void = NOTHING, force = false): Release {
  const waiting = new AbortController();
  let isOver = false;
  let release: Release = () => waiting.abort();
  const work = () =>
    new Promise<void>((resolve) => {
      release = resolve;
      if (isOver) resolve();
      else won();
    });
  const options = force ? { steal: true } : { signal: waiting.signal };
  navigator.locks.request(name, options, work).catch(() => {
    if (!isOver) lost();
  });
  return () => {
    isOver = true;
    release();
  };
}

/** Tell the line what becomes of its page; answers how to end that. */
export function attend(line: SharedLine): () => void {
  const over = new AbortController();
  const on = (target: EventTarget, name: string, then: () => void) => target.addEventListener(name, then, { signal: over.signal });
  for (const [target, gone, back] of [[window, "pagehide", "pageshow"], [document, "freeze", "resume"]] as const) {
    on(target, gone, () => line.stop());
    on(target, back, () => line.start());
  }
  on(window, "focus", () => line.come());
  if (document.hasFocus()) line.come();
  return () => over.abort();
}
