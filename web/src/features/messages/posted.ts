/** What one has written, as the message it will be. */
import type { Pending } from "../../sync/letters";
import type { CurrentUser, Message } from "../../wire/types";
import { momentOf } from "../../world/ids";
import type { World } from "../../world/world";
import { REPLY } from "./kinds";

/** What a message is that nothing is known of but its words. */
export const BARE = {
  content: "",
  edited_timestamp: null,
  tts: false,
  mention_everyone: false,
  mentions: [],
  mention_roles: [],
  attachments: [],
  embeds: [],
  pinned: false,
  flags: 0,
  components: [],
} as const;

export function messageOf(world: World, { nonce, channelId, body }: Pending, me: CurrentUser): Message {
  const answered = body.message_reference?.message_id;
  const original = answered === undefined ? undefined : world.messages.find(channelId, answered);
  return {
    ...BARE,
    id: nonce,
    channel_id: channelId,
    author: me,
    content: body.content ?? "",
    timestamp: new Date(momentOf(nonce)).toISOString(),
    type: original === undefined ? 0 : REPLY,
    ...(original !== undefined && { referenced_message: original }),
  };
}
