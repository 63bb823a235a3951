/** What the ids and times in a message are called here: the markdown's questions, answered from the world. */
import type { Context } from "../../markdown/context";
import type { Node } from "../../markdown/nodes";
import { parse } from "../../markdown/parse";
import { MESSAGE, type Rules } from "../../markdown/rules";
import { Times } from "../../markdown/time";
import { hue } from "../../ui/hue";
import type { Snowflake, User } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";
import { ANNOUNCEMENT, FORUM, MEDIA, STAGE, VOICE } from "../channels/listed";
import { pathTo } from "../here.svelte";
import { nameOf, titleOf } from "../people/names";
import { emojiUrl } from "../pictures";

/** Where a text stands. */
export interface Surroundings {
  readonly guildId: Snowflake | null;
  /** Who it mentions, as the message tells it, for those nothing else is known of. */
  readonly mentions?: readonly User[];
  /** Whether its `@everyone` calls anybody. */
  readonly callsAll?: boolean;
}

const KINDS: Readonly<Record<number, string>> = {
  [VOICE]: "voice",
  [STAGE]: "stage",
  [ANNOUNCEMENT]: "announcement",
  [FORUM]: "forum",
  [MEDIA]: "forum",
};

/** How many texts are kept parsed. */
const KEPT = 400;
const trees = new Map<Rules, Map<string, readonly Node[]>>();
const clocks = new Map<string, Times>();

/** A text is parsed once for as long as it may be shown again. */
export function parsed(text: string, rules: Rules = MESSAGE): readonly Node[] {
  const known = trees.get(rules) ?? new Map<string, readonly Node[]>();
  trees.set(rules, known);
  const nodes = known.get(text) ?? parse(text, rules);
  known.delete(text);
  known.set(text, nodes);
  const [oldest] = known.keys();
  if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
  return nodes;
}

export function timesOf(language: string): Times {
  const times = clocks.get(language) ?? new Times(language, () => Date.now() / 1000);
  clocks.set(language, times);
  return times;
}

/** Whether nothing of the page itself moves. */
export function isStill({ preferences }: Pick<App, "preferences">): boolean {
  return preferences.all.motion === "reduced" || matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Whether what moves may move by itself, or waits for a pointer. */
export function isMoving(app: Pick<App, "preferences">): boolean {
  return app.preferences.all.animate === "always" && !isStill(app);
}

export function contextOf(app: App, world: World, { guildId, mentions = [], callsAll = false }: Surroundings): Context {
  const { say, language } = app.speech;
  const times = timesOf(language);
  const moving = isMoving(app);
  const mine = () => (guildId === null ? [] : (world.people.member(guildId, world.people.me ?? "")?.roles ?? []));
  return {
    isRevealed: app.preferences.all.spoilers === "shown",
    isCalled: callsAll,
    words: wordsOf(say),
    user: (id) => {
      const name = nameOf(world, id, guildId, mentions.find((one) => one.id === id));
      return name === "" ? undefined : { name, isMe: world.selves.isMe(id) };
    },
    role: (id) => {
      const role = guildId === null ? undefined : world.roles.of(guildId).get(id);
      return role && { name: role.name, hue: role.color === 0 ? undefined : hue(role.color), isMe: mine().includes(id) };
    },
    channel: (id) => {
      const channel = world.channels.byId.get(id);
      if (channel === undefined || !world.isOpen(id)) return undefined;
      const href = pathTo(channel.guild_id ?? null, id);
      return { name: titleOf(world, channel), href, kind: KINDS[channel.type] ?? "text" };
    },
    time: (at, style) => times.text(at, style),
    date: (at) => times.date(at),
    emoji: (id, isAnimated) => emojiUrl(id, isAnimated && moving),
    picture: () => undefined,
  };
}

function wordsOf(say: App["speech"]["say"]): Context["words"] {
  return {
    spoiler: say("content.spoiler"),
    copy: say("app.copy"),
    wrap: say("content.wrap"),
    unknownUser: say("content.unknown.user"),
    unknownRole: say("content.unknown.role"),
    unknownChannel: say("content.unknown.channel"),
    places: {
      guide: say("content.place.guide"),
      browse: say("content.place.browse"),
      customize: say("content.place.customize"),
      "linked-roles": say("content.place.roles"),
    },
  };
}
