/** The browser's own place to keep things: one record for each person. */
import { deleteDB, openDB, type DBSchema } from "idb";
import type { Snowflake } from "../wire/types";
import type { Keeper } from "./memory";

interface Cupboard extends DBSchema {
  world: { key: string; value: unknown };
}

const ONE = "now";
const nameOf = (userId: Snowflake) => `rift.memory.${userId}`;

export function keeperOf(userId: Snowflake): Keeper {
  const opened = openDB<Cupboard>(nameOf(userId), 1, {
    upgrade: (database) => {
      database.createObjectStore("world");
    },
    blocking: (_now, _next, event) => (event.target as IDBDatabase).close(),
  });
  return {
    get: async () => (await opened).get("world", ONE),
    put: async (value) => {
      await (await opened).put("world", value, ONE);
    },
  };
}

export async function forgetMemory(userId: Snowflake): Promise<void> {
  await deleteDB(nameOf(userId));
}
