/** Pointers, fingers and keys on the list, heard above its rows: there may be hundreds of them. */
import { on } from "svelte/events";
import type { Pen } from "../chat/pen";
import { openUserMenu } from "../people/opening";
import { openProfile } from "../people/openProfile";
import { leaveUnread } from "./deeds";
import { messageAt, pressed } from "./keys";
import type { MessageScene } from "./menu";
import { openMessageMenu } from "./opening";

/** What has a menu of its own, or the browser's. */
const OWN_MENU = "a, img, video, textarea, input";

function authorAt(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest("[data-author]") : null;
}

export function handle(scene: MessageScene, pen: Pen): (log: HTMLElement) => () => void {
  const { list } = scene;
  const found = (target: EventTarget | null) => {
    const row = messageAt(target);
    const id = row?.dataset["message"];
    return { row, message: list.messages.find((one) => one.id === id) };
  };
  const point = ({ target }: Event) => {
    list.active = messageAt(target)?.dataset["message"] ?? list.active;
  };
  const focus = ({ target }: Event) => {
    const id = messageAt(target)?.dataset["message"];
    if (id === undefined) return;
    list.active = id;
    list.roving = id;
  };
  const rest = ({ relatedTarget }: FocusEvent | PointerEvent) => {
    if (relatedTarget instanceof Node && messageAt(relatedTarget) !== null) return;
    if (list.menuOf === null) list.active = null;
  };
  const click = (event: MouseEvent) => {
    const { message } = found(event.target);
    if (message === undefined) return;
    const author = authorAt(event.target);
    if (event.altKey) void leaveUnread(scene, list, message);
    else if (author !== null && message.webhook_id === undefined) openProfile(scene.app, author, message.author.id, list.guildId ?? null);
    else return;
    event.preventDefault();
  };
  const menu = (event: MouseEvent) => {
    const { message } = found(event.target);
    // A browser has no menu for a finger that we had to notice ourselves.
    const isOwn = event.isTrusted && event.target instanceof Element && event.target.closest(OWN_MENU) !== null;
    if (message === undefined || isOwn || event.shiftKey || getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    const at = { x: event.clientX, y: event.clientY };
    const isPerson = authorAt(event.target) !== null && message.webhook_id === undefined;
    if (isPerson) void openUserMenu(scene.app, scene.world, at, message.author.id, list.guildId ?? null, { pen, live: list.live });
    else void openMessageMenu(scene, message, at);
  };
  return (log) => {
    const off = [
      on(log, "pointerover", point),
      on(log, "pointerleave", rest),
      on(log, "focusin", focus),
      on(log, "focusout", rest),
      on(log, "click", click),
      on(log, "contextmenu", menu),
      on(log, "keydown", (event) => pressed(scene, event)),
    ];
    return () => off.forEach((stop) => stop());
  };
}
