/** Says how far one has read. */
import type { Snowflake } from "../../wire/types";
import type { App } from "../app";
import { attempt } from "../attempt";

export function acknowledge(app: App, channel_id: Snowflake, message_id: Snowflake): Promise<boolean> {
  return attempt(app, () =>
    app.api.client.call("POST /channels/{channel_id}/messages/{message_id}/ack", { channel_id, message_id, body: {} }),
  );
}
