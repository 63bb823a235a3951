/** A command is used: its row stands there until its application has said something, and says so where it never does. */
import type { Live } from "../../store/live.svelte";
import type { Message, Snowflake, User } from "../../wire/types";
import { idAt, isAfter } from "../../world/ids";
import { EPHEMERAL } from "../../world/messages";
import type { World } from "../../world/world";
import type { App } from "../app";
import { deskOf, type Outcome } from "../interactions/desk";
import { showModal } from "../interactions/modals";
import { COMMAND, LOADING, MENU_COMMAND } from "../messages/kinds";
import { BARE } from "../messages/posted";
import { WORDS, type Usable } from "./usable";

export interface Scene {
  readonly app: App;
  readonly live: Live;
}

/** Done once the server has taken it; throws what it refuses. */
export async function use({ app, live }: Scene, usable: Usable, channelId: Snowflake, data: Record<string, unknown>): Promise<void> {
  const { world } = live;
  const { application } = usable;
  const guild_id = world.guildOf(channelId) ?? null;
  const place = { application_id: application.id, channel_id: channelId, guild_id };
  const { outcome } = await deskOf(live, app.api.client).begin({ type: 2, ...place, data });
  const row = rowOf(world, usable, channelId);
  world.receive("MESSAGE_CREATE", row);
  void outcome.then((came) => settle(app, world, row, came, application.name));
}

function settle(app: App, world: World, row: Message, came: Outcome, name: string): void {
  const { id, channel_id } = row;
  if (came.kind === "failed") {
    const content = app.speech.say("interactions.silent", { name });
    if (world.known(channel_id, id) === undefined) app.layers.toast({ text: content, kind: "bad" });
    world.receive("MESSAGE_UPDATE", { ...row, content, flags: EPHEMERAL });
    return;
  }
  world.receive("MESSAGE_DELETE", { id, channel_id });
  if (came.kind === "modal") void showModal(app, came.modal, world.guildOf(channel_id) ?? null);
}

/** As if the application had said that it thinks, to its user alone. */
export function rowOf(world: World, { application, name, command }: Usable, channel_id: Snowflake): Message {
  const me = world.people.me;
  const bot = world.people.users.get(application.bot_id ?? application.id) ?? botOf(application.bot_id ?? application.id, application.name);
  const now = new Date();
  return {
    ...BARE,
    id: afterAll(world, channel_id, now.getTime()),
    channel_id,
    author: bot,
    application_id: application.id,
    webhook_id: application.id,
    timestamp: now.toISOString(),
    type: command.type === WORDS ? COMMAND : MENU_COMMAND,
    flags: EPHEMERAL | LOADING,
    interaction: { id: "0", type: command.type, name, user: me === null ? undefined : world.people.users.get(me) },
  };
}

/** The clock of this device may be late. */
function afterAll(world: World, channelId: Snowflake, nowMs: number): Snowflake {
  const [now, last] = [idAt(nowMs), world.messages.of(channelId).messages.at(-1)?.id ?? world.channels.lastIn(channelId)];
  return last === null || isAfter(now, last) ? now : String(BigInt(last) + 1n);
}

function botOf(id: Snowflake, username: string): User {
  const nothing = { global_name: null, avatar: null, banner: null, accent_color: null, avatar_decoration_data: null, collectibles: null, primary_guild: null };
  return { id, username, discriminator: "0000", bot: true, public_flags: 0, flags: 0, ...nothing };
}
