/** Leads from an address that names no channel, or one that is not there, to one that is. */
import type { Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import { listed } from "../channels/listed";
import { REQUESTS } from "../directs/paths";
import { LINK } from "../happenings/link";
import { pathTo, type Here } from "../here.svelte";
import { SHARED } from "./sharing";

/** Pages of the chat that are no place to talk. */
const PAGES: ReadonlySet<string> = new Set([SHARED, REQUESTS]);

/** Where the address stands for what is not there, go where the reader most likely wanted to. */
export function settle(here: Here, world: World, seek: (channelId: Snowflake) => Promise<boolean>): void {
  const { guildId, channelId } = here;
  if (!here.isHere) {
    if (!PAGES.has(here.router.path) && !LINK.test(here.router.path)) here.router.replace(here.lastPath);
  } else if (guildId !== null && !world.guilds.byId.has(guildId)) here.router.replace(pathTo(null));
  else if (channelId !== null && !isThere(world, guildId, channelId)) void leave(here, world, seek);
  else if (guildId !== null && channelId === null && here.page === null) toFirst(here, world, guildId);
}

/** A thread that sleeps is told of when one asks; where it is none, there is nothing to see. */
async function leave(here: Here, world: World, seek: (channelId: Snowflake) => Promise<boolean>): Promise<void> {
  const { guildId, channelId } = here;
  const isKnown = guildId !== null && channelId !== null && !world.channels.byId.has(channelId) && (await seek(channelId));
  const isStill = here.guildId === guildId && here.channelId === channelId;
  if (isStill && (channelId === null || !isKnown || !isThere(world, guildId, channelId))) here.router.replace(pathTo(guildId));
}

function isThere(world: World, guildId: Snowflake | null, channelId: Snowflake): boolean {
  const channel = world.channels.byId.get(channelId);
  return channel !== undefined && (channel.guild_id ?? null) === guildId && world.isOpen(channelId);
}

function toFirst(here: Here, world: World, guildId: Snowflake): void {
  const last = here.lastIn(guildId);
  const found = last !== null && isThere(world, guildId, last) ? last : firstOf(world, guildId);
  if (found !== undefined) here.router.replace(pathTo(guildId, found));
}

function firstOf(world: World, guildId: Snowflake): Snowflake | undefined {
  return listed(world, guildId)
    .flatMap(({ channels }) => channels)
    .find(({ isTalk }) => isTalk)?.id;
}
