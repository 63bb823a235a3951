/** Of a large server one knows few members; the rest is asked for when somebody is sought. */
import type { Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";
import { findMembers } from "../guild/members/finding";

const PAUSE_MS = 150;

/** For an effect: asks once nobody types any more, and gives up when it is asked for something else. */
export function askForMembers(app: App, world: World, channelId: Snowflake, words: string): (() => void) | undefined {
  const guildId = world.guildOf(channelId);
  if (guildId === undefined || words.trim() === "") return undefined;
  const asking = new AbortController();
  const timer = setTimeout(() => void findMembers(app, world, guildId, words, asking.signal), PAUSE_MS);
  return () => {
    clearTimeout(timer);
    asking.abort();
  };
}
