/** The keys of a message that has the focus, and the arrows from one to the next. */
import type { Message, Snowflake } from "../../wire/types";
import { startThread } from "../threads/opening";
import { addReaction, copy, leaveUnread, pin, remove } from "./deeds";
import { mayOf } from "./may";
import type { MessageScene } from "./menu";
import { openMessageMenu } from "./opening";

type Deed = (scene: MessageScene, message: Message, at: Element, event: KeyboardEvent) => unknown;

const DEEDS: Readonly<Record<string, Deed>> = {
  r: ({ talk, world }, message) => mayOf(world, message).answer && talk.answer(message),
  e: ({ talk, world }, message) => mayOf(world, message).edit && talk.edit(message.id),
  t: ({ app, world }, message) => mayOf(world, message).startThread && startThread(app, world, message.channel_id, message),
  f: ({ app, world }, message) => mayOf(world, message).forward && app.layers.dialog(() => import("./Forward.svelte"), { message }),
  "+": (scene, message, at) => mayOf(scene.world, message).react && addReaction(scene, message, at),
  p: (scene, message) => mayOf(scene.world, message).pin && pin(scene, message),
  u: (scene, message) => leaveUnread(scene, scene.list, message),
  c: ({ app }, message) => copy(app, message.content),
  Delete: (scene, message, _at, { shiftKey }) => mayOf(scene.world, message).remove && remove(scene, message, shiftKey),
  Backspace: (scene, message, _at, { shiftKey }) => mayOf(scene.world, message).remove && remove(scene, message, shiftKey),
  Enter: (scene, message, at) => openMessageMenu(scene, message, at),
  ContextMenu: (scene, message, at) => openMessageMenu(scene, message, at),
};

export function messageAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-message]") : null;
}

/** For keys pressed in the list; those in a text or on a button of a message are not ours. */
export function pressed(scene: MessageScene, event: KeyboardEvent): void {
  const row = event.target instanceof HTMLElement && event.target.matches("[data-message]") ? event.target : null;
  const id = row?.dataset["message"];
  if (row === null || id === undefined) return;
  const done = event.key.startsWith("Arrow") ? step(scene, id, event) : act(scene, id, row, event);
  if (!done) return;
  event.preventDefault();
  event.stopPropagation();
}

function step({ list }: MessageScene, id: Snowflake, event: KeyboardEvent): boolean {
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return false;
  const next = list.beside(id, event.key === "ArrowUp" ? -1 : 1);
  if (next === undefined) return false;
  list.roving = next;
  list.scroller.rowOf(next)?.focus();
  return true;
}

function act(scene: MessageScene, id: Snowflake, row: Element, event: KeyboardEvent): boolean {
  const message = scene.list.messages.find((one) => one.id === id);
  const deed = DEEDS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  const isBare = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (message === undefined || deed === undefined || !isBare) return false;
  void deed(scene, message, row, event);
  return true;
}
