/** Keeps a message for later, and gives it up again. Only the reader knows. */
import type { Message, Snowflake } from "../../wire/types";
import type { App } from "../app";
import { attempt } from "../attempt";

export async function bookmark(app: App, { channel_id, id }: Pick<Message, "channel_id" | "id">): Promise<void> {
  const { say } = app.speech;
  const kept = await attempt(app, () =>
    app.api.client.call("PUT /users/@me/saved-messages/{channel_id}/{message_id}", { channel_id, message_id: id, body: {} }),
  );
  if (kept) app.layers.toast({ text: say("inbox.saved.kept"), kind: "good", action: { label: say("inbox.undo"), run: () => dropBookmark(app, channel_id, id) } });
}

export async function dropBookmark(app: App, channel_id: Snowflake, message_id: Snowflake): Promise<void> {
  await attempt(app, () => app.api.client.call("DELETE /users/@me/saved-messages/{channel_id}/{message_id}", { channel_id, message_id }));
}
