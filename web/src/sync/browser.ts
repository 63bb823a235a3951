/** The browser's own shelf, bell and way to send bytes. */
import { deleteDB, openDB, type DBSchema } from "idb";
import { Unreachable } from "../rest/errors";
import type { Snowflake } from "../wire/types";
import type { Letter } from "./letters";
import type { Bell, Shelf } from "./outbox";
import type { PutBytes } from "./sending";

interface Cupboard extends DBSchema {
  letters: { key: string; value: Letter };
}

const nameOf = (userId: Snowflake) => `rift.${userId}`;

/** In IndexedDB, which keeps files as well. */
export function shelfOf(userId: Snowflake): Shelf {
  const opened = openDB<Cupboard>(nameOf(userId), 1, {
    upgrade: (database) => {
      database.createObjectStore("letters", { keyPath: "nonce" });
    },
    // Somebody signs out in another tab: let go of it.
    blocking: (_now, _next, event) => (event.target as IDBDatabase).close(),
  });
  return {
    all: async () => (await opened).getAll("letters"),
    get: async (nonce) => (await opened).get("letters", nonce),
    put: async (letter) => {
      await (await opened).put("letters", letter);
    },
    delete: async (nonce) => (await opened).delete("letters", nonce),
  };
}

export async function clearShelf(userId: Snowflake): Promise<void> {
  await deleteDB(nameOf(userId));
}

/** What one tab says, the others hear. */
export function bellOf(userId: Snowflake): Bell & { close(): void } {
  const channel = new BroadcastChannel(nameOf(userId));
  let isOpen = true;
  return {
    ring: () => {
      if (isOpen) channel.postMessage(null);
    },
    onRing: (heard) => {
      channel.addEventListener("message", heard);
      return () => channel.removeEventListener("message", heard);
    },
    close: () => {
      isOpen = false;
      channel.close();
    },
  };
}

/** XMLHttpRequest, as fetch does not tell how far a body is. Addresses are taken from our own origin. */
export const putBytes: PutBytes = (url, bytes, { range, signal, onProgress }) =>
  new Promise((resolve, reject) => {
    const { pathname, search } = new URL(url);
    const request = new XMLHttpRequest();
    request.open("PUT", pathname + search);
    if (range !== undefined) request.setRequestHeader("content-range", range);
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onload = () => resolve({ status: request.status, offset: offsetOf(request), body: bodyOf(request) });
    request.onerror = () => reject(new Unreachable("no answer"));
    request.onabort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    if (signal.aborted) reject(signal.reason as Error);
    else request.send(bytes);
  });

function offsetOf(request: XMLHttpRequest): number {
  return Number(request.getResponseHeader("upload-offset") ?? 0);
}

function bodyOf({ responseText }: XMLHttpRequest): unknown {
  try {
    return JSON.parse(responseText);
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined;
    throw problem;
  }
}
