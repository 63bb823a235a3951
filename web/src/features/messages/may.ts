/** What the reader may do with a message. The server has the last word. */
import { has } from "../../permissions/permissions";
import type { Message } from "../../wire/types";
import { isForMeAlone } from "../../world/messages";
import { isArchived } from "../../world/threads";
import type { World } from "../../world/world";
import { mayStart } from "../threads/may";
import { ANNOUNCEMENT_CHANNEL, CALL, CROSSPOSTED, HAS_THREAD, hasFlag, IS_CROSSPOST, isForward, isWritten, RECIPIENT_ADDED, RECIPIENT_REMOVED } from "./kinds";

export interface May {
  readonly answer: boolean;
  readonly startThread: boolean;
  readonly react: boolean;
  readonly edit: boolean;
  readonly remove: boolean;
  readonly pin: boolean;
  readonly publish: boolean;
  readonly forward: boolean;
  readonly hideEmbeds: boolean;
  readonly seeHistory: boolean;
  readonly clearReactions: boolean;
  readonly removeMany: boolean;
}

/** What the server itself noted in a private channel stays. */
const LASTING: ReadonlySet<number> = new Set([RECIPIENT_ADDED, RECIPIENT_REMOVED, CALL]);

export function mayOf(world: World, message: Message): May {
  const channel = world.channels.byId.get(message.channel_id);
  const bits = world.permissions(message.channel_id);
  const isMine = message.webhook_id === undefined && world.selves.isMe(message.author.id);
  const isGuild = channel?.guild_id !== undefined;
  const moderates = isGuild && has(bits, "MANAGE_MESSAGES", "READ_MESSAGE_HISTORY");
  // The server keeps no message of which it tells one person alone as one of the channel.
  const isLasting = !isForMeAlone(message);
  const words = isWritten(message) && isLasting;
  const own = words && !isForward(message);
  // In a thread that sleeps nothing changes, though a message wakes it.
  const isAwake = channel === undefined || !isArchived(channel);
  return {
    answer: words && has(bits, "SEND_MESSAGES", "READ_MESSAGE_HISTORY"),
    startThread: words && channel !== undefined && !hasFlag(message, HAS_THREAD) && mayStart(world, channel).open && has(bits, "READ_MESSAGE_HISTORY"),
    react: isLasting && isAwake && has(bits, "ADD_REACTIONS", "READ_MESSAGE_HISTORY"),
    edit: isMine && own && isAwake,
    remove: isLasting && isAwake && !LASTING.has(message.type) && (isMine || moderates),
    pin: words && isAwake && has(bits, "PIN_MESSAGES", "READ_MESSAGE_HISTORY"),
    publish:
      channel?.type === ANNOUNCEMENT_CHANNEL &&
      own &&
      !hasFlag(message, CROSSPOSTED | IS_CROSSPOST) &&
      (isMine ? has(bits, "SEND_MESSAGES") : moderates),
    forward: words,
    hideEmbeds: message.embeds.length > 0 && words && (isMine || moderates),
    seeHistory: message.edited_timestamp !== null && words && (isMine || (moderates && has(bits, "VIEW_AUDIT_LOG"))),
    clearReactions: isLasting && moderates,
    removeMany: isLasting && moderates,
  };
}
