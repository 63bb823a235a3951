/** What is done when somebody presses something in a message. */
import type { Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";
import { pathTo } from "../here.svelte";
import { openProfile } from "../people/openProfile";
import type { Reactions } from "./marking";

export function reactionsOf(app: App, world: World, guildId: Snowflake | null): Reactions {
  const { say } = app.speech;
  return {
    go: (path) => app.router.go(path),
    showPerson: (userId, at) => openProfile(app, at, userId, guildId),
    openPage: (name) => guildId !== null && app.router.go(`${pathTo(guildId)}/${name}`),
    copy: (text) => copied(app, text),
    emojiTitle: (id, name) => {
      const from = [...world.expressions.byGuild.entries()].find(([, { emojis }]) => emojis.some((one) => one.id === id));
      const guild = from && world.guilds.byId.get(from[0]);
      return guild ? say("content.emojiFrom", { name, server: guild.name }) : `:${name}:`;
    },
  };
}

/** Whether the browser let us. */
export async function copied({ layers, speech }: Pick<App, "layers" | "speech">, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (problem) {
    if (!(problem instanceof DOMException) && !(problem instanceof TypeError)) throw problem;
    layers.toast({ text: speech.say("app.copyFailed"), kind: "bad" });
    return false;
  }
}
