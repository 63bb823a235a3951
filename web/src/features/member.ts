/** What is there for who is signed in: the living connection and the world it keeps true. */
import { createContext } from "svelte";
import type { Live } from "../store/live.svelte";
import type { Sync } from "../sync/sync";
import type { World } from "../world/world";

export const [useLive, provideLive] = createContext<Live>();

export function useWorld(): World {
  return useLive().world;
}

/** What is on its way from here: `outbox`, `uploads` and `drafts`. */
export const [useSync, provideSync] = createContext<Sync>();
