/** A message in one line, for where there is room for no more. */
import { parse } from "../../markdown/parse";
import { plain } from "../../markdown/plain";
import { MESSAGE } from "../../markdown/rules";
import type { Message, Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";
import { nameOf } from "../people/names";
import { isForward } from "./kinds";

const LONGEST = 200;

export function inOneLine({ speech }: Pick<App, "speech">, world: World, message: Message, guildId: Snowflake | undefined): string {
  const { say } = speech;
  const content = isForward(message) ? (message.message_snapshots?.[0]?.message.content ?? "") : message.content;
  const words = { spoiler: "…", copy: "", unknownUser: say("messages.somebody"), unknownRole: "", unknownChannel: "", places: {} };
  const role = (id: string) => world.roles.of(guildId ?? "").get(id);
  return plain(parse(content.slice(0, LONGEST), MESSAGE), {
    words,
    user: (id) => ({ name: nameOf(world, id, guildId) || words.unknownUser, isMe: world.selves.isMe(id) }),
    role: (id) => ({ name: role(id)?.name ?? "", hue: undefined, isMe: false }),
    channel: (id) => ({ name: world.channels.byId.get(id)?.name ?? "", href: "", kind: "" }),
    time: (at) => speech.date(new Date(at * 1000).toISOString()),
  });
}
