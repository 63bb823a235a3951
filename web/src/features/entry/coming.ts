/** Opens a server one has just come into: the gateway may tell of it a moment after the answer. */
import type { Live } from "../../store/live.svelte";
import type { Snowflake } from "../../wire/types";
import type { App } from "../app";

interface Telling {
  readonly world: { readonly guilds: { readonly byId: { has(id: Snowflake): boolean } } };
  listen(heard: () => void): () => void;
}

/** Settles as soon as the server is known. */
export function told(live: Telling, guildId: Snowflake): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!live.world.guilds.byId.has(guildId)) return;
      stop();
      resolve();
    };
    const stop = live.listen(look);
    look();
  });
}

export async function comeInto({ here }: Pick<App, "here">, live: Live, guildId: Snowflake, channelId?: Snowflake | null): Promise<void> {
  await told(live, guildId);
  here.open(guildId, channelId);
}
