/** Asks for a member; nothing comes of it when the question is left. */
import type { Closable } from "../../../ui/layers.svelte";
import type { Snowflake } from "../../../wire/types";
import type { App } from "../../app";

interface Asked {
  readonly guildId: Snowflake;
  readonly title: string;
  readonly text?: string;
}

export function pickMember(app: App, asked: Asked): Promise<Snowflake | undefined> {
  return app.layers.dialog<Closable<Snowflake> & Asked>(() => import("./PickMember.svelte"), asked);
}
