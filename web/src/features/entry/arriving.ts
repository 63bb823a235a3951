/** Receives who opens a server for the first time: one thing after the other, and everything once. */
import type { Closable } from "../../ui/layers.svelte";
import type { Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";
import { pathTo } from "../here.svelte";
import { stepsOf, type Step } from "./asked";

const RECEIVED = "rift.received";

interface OfGuild extends Closable<boolean> {
  readonly guildId: Snowflake;
}

type Way = Pick<App, "layers" | "router">;

/** The rules or questions of the door; true where one was let in by it. */
export function openRules({ layers }: Way, guildId: Snowflake): Promise<boolean | undefined> {
  return layers.dialog<OfGuild>(() => import("./JoinForm.svelte"), { guildId });
}

/** What those who come are asked; true where they answered. */
export function openQuestions({ layers }: Way, guildId: Snowflake): Promise<boolean | undefined> {
  return layers.dialog<OfGuild>(() => import("./Questions.svelte"), { guildId });
}

/** True where one went on to a channel. */
export function openWelcome({ layers }: Way, guildId: Snowflake): Promise<boolean | undefined> {
  return layers.dialog<OfGuild>(() => import("./Welcome.svelte"), { guildId });
}

/** What there is to do first, and to read. */
function openGuide({ router }: Way, guildId: Snowflake): Promise<undefined> {
  router.go(`${pathTo(guildId)}/guide`);
  return Promise.resolve(undefined);
}

const OPEN: Readonly<Record<Step, (way: Way, guildId: Snowflake) => Promise<boolean | undefined>>> = {
  rules: openRules,
  questions: openQuestions,
  guide: openGuide,
  welcome: openWelcome,
};

/** What is put off is not shown by itself again: the list of channels and the composer lead to it. */
export async function receive(app: Pick<App, "layers" | "router" | "keep" | "here">, world: World, guildId: Snowflake): Promise<void> {
  const guild = world.guilds.byId.get(guildId);
  const member = world.people.me === null ? undefined : world.people.member(guildId, world.people.me);
  const kept = `${RECEIVED}.${guildId}`;
  // Who leaves and comes back is received anew.
  if (guild === undefined || member === undefined || app.keep.getItem(kept) === member.joined_at) return;
  app.keep.setItem(kept, member.joined_at);
  for (const step of stepsOf(guild, member, Date.now())) {
    if (app.here.guildId === guildId) await OPEN[step](app, guildId);
  }
}
