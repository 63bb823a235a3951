/** Marks channels as read, as many at once as the server takes. */
import type { Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";
import { attempt } from "../attempt";

const CHANNEL = 0;
const AT_ONCE = 100;

export async function markRead(app: App, world: World, channelIds: readonly Snowflake[]): Promise<boolean> {
  const read_states = channelIds.flatMap((channel_id) => {
    const message_id = world.channels.lastIn(channel_id);
    return message_id !== null ? [{ channel_id, message_id, read_state_type: CHANNEL } as const] : [];
  });
  return attempt(app, async () => {
    for (let at = 0; at < read_states.length; at += AT_ONCE) {
      await app.api.client.call("POST /read-states/ack-bulk", { body: { read_states: read_states.slice(at, at + AT_ONCE) } });
    }
  });
}
