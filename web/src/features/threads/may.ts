/** What the reader may do with threads. The server has the last word. */
import { has } from "../../permissions/permissions";
import type { KnownChannel } from "../../world/channels";
import { isArchived, isLocked, isPrivate } from "../../world/threads";
import type { World } from "../../world/world";
import { ANNOUNCEMENT, TEXT } from "../channels/listed";

export interface MayStart {
  readonly open: boolean;
  readonly closed: boolean;
}

/** Whether one may begin threads in a channel, for everybody there or for few. */
export function mayStart(world: World, channel: KnownChannel): MayStart {
  const bits = world.permissions(channel.id);
  const holds = channel.type === TEXT || channel.type === ANNOUNCEMENT;
  return {
    open: holds && has(bits, "CREATE_PUBLIC_THREADS"),
    closed: channel.type === TEXT && has(bits, "CREATE_PRIVATE_THREADS"),
  };
}

export interface MayInThread {
  readonly manage: boolean;
  readonly change: boolean;
  readonly wake: boolean;
  readonly join: boolean;
  readonly invite: boolean;
}

export function mayIn(world: World, thread: KnownChannel): MayInThread {
  const bits = world.permissions(thread.id);
  const manage = has(bits, "MANAGE_THREADS");
  const isMine = thread.owner_id !== undefined && world.selves.isMe(thread.owner_id);
  const isShut = isLocked(thread) && !manage;
  const isGuarded = isPrivate(thread) && thread.thread_metadata?.invitable === false;
  return {
    manage,
    change: manage || (isMine && !isShut),
    wake: !isShut && (manage || isMine || has(bits, "SEND_MESSAGES")),
    join: !isArchived(thread) && !isShut,
    invite: !isArchived(thread) && !isShut && has(bits, "SEND_MESSAGES") && (manage || isMine || !isGuarded),
  };
}
