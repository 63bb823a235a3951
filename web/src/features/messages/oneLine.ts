/** A message in one line, for where there is room for no more. */
import { plain } from "../../markdown/plain";
import type { Message, Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";
import { contextOf, parsed } from "../content/naming";
import { isForward } from "./kinds";

export function inOneLine(app: App, world: World, message: Message, guildId: Snowflake | undefined): string {
  const said = isForward(message) ? message.message_snapshots?.[0]?.message : message;
  return plain(parsed(said?.content || message.poll?.question.text || ""), contextOf(app, world, { guildId: guildId ?? null, mentions: said?.mentions ?? [] }));
}
