/** Pointers, fingers and keys on the list, heard above its rows: there may be hundreds of them. */
import type { Pen } from "../chat/pen";
import { openUserMenu } from "../people/menu";
import { openProfile } from "../people/openProfile";
import { leaveUnread } from "./deeds";
import { messageAt, pressed } from "./keys";
import { openMessageMenu, type MessageScene } from "./menu";

/** A finger that rests this long wants the menu. */
const LONG_MS = 500;
const STILL_PX = 10;

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
    // A row that goes with the focus in it says so in the midst of drawing.
    queueMicrotask(() => {
      if (list.menuOf === null) list.active = null;
    });
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
    const isOwn = event.target instanceof Element && event.target.closest(OWN_MENU) !== null;
    if (message === undefined || isOwn || event.shiftKey || getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    const at = { x: event.clientX, y: event.clientY };
    const isPerson = authorAt(event.target) !== null && message.webhook_id === undefined;
    if (isPerson) openUserMenu(scene.app, scene.world, at, message.author.id, list.guildId ?? null, { pen });
    else void openMessageMenu(scene, message, at);
  };
  return (log) => {
    const over = new AbortController();
    const options = { signal: over.signal };
    log.addEventListener("pointerover", point, options);
    log.addEventListener("pointerleave", rest, options);
    log.addEventListener("focusin", focus, options);
    log.addEventListener("focusout", rest, options);
    log.addEventListener("click", click, options);
    log.addEventListener("contextmenu", menu, options);
    log.addEventListener("keydown", (event) => pressed(scene, event), options);
    longPress(log, over.signal, (target, at) => {
      const { message } = found(target);
      if (message !== undefined && list.menuOf === null) void openMessageMenu(scene, message, at);
    });
    return () => over.abort();
  };
}

/** Not every phone says by itself that a finger rests. */
function longPress(log: HTMLElement, signal: AbortSignal, held: (target: EventTarget | null, at: { x: number; y: number }) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from = { x: 0, y: 0 };
  const stop = () => clearTimeout(timer);
  const down = (event: PointerEvent) => {
    stop();
    if (event.pointerType !== "touch") return;
    from = { x: event.clientX, y: event.clientY };
    timer = setTimeout(() => held(event.target, from), LONG_MS);
  };
  const move = (event: PointerEvent) => {
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL_PX) stop();
  };
  const options = { signal, passive: true };
  log.addEventListener("pointerdown", down, options);
  log.addEventListener("pointermove", move, options);
  for (const end of ["pointerup", "pointercancel"] as const) log.addEventListener(end, stop, options);
  signal.addEventListener("abort", stop);
}
