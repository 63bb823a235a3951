/** What fingers and the mouse do on a picture: press, drag, swipe, and two fingers that part. */
import type { Point } from "./zoom";

export interface Wishes {
  zoom(factor: number, at: Point): void;
  move(by: Point): void;
  swipe(by: 1 | -1): void;
  press(at: Point, isOnPicture: boolean): void;
}

/** Less than this is no movement but a press. */
const STILL_PX = 6;
const SWIPE_PX = 60;

export class Gestures {
  readonly #wishes: Wishes;
  readonly #down = new Map<number, Point>();
  #start: Point | null = null;
  #wasPinch = false;

  constructor(wishes: Wishes) {
    this.#wishes = wishes;
  }

  readonly listen = (stage: HTMLElement): (() => void) => {
    const stop = new AbortController();
    const options = { signal: stop.signal };
    stage.addEventListener("pointerdown", (event) => this.#began(stage, event), options);
    stage.addEventListener("pointermove", (event) => this.#moved(stage, event), options);
    stage.addEventListener("pointerup", (event) => this.#ended(stage, event), options);
    stage.addEventListener("pointercancel", (event) => this.#forget(event), options);
    return () => stop.abort();
  };

  #began(stage: HTMLElement, event: PointerEvent): void {
    if (event.button !== 0) return;
    stage.setPointerCapture(event.pointerId);
    this.#down.set(event.pointerId, at(event));
    if (this.#down.size === 1) this.#start = at(event);
    else this.#wasPinch = true;
  }

  #moved(stage: HTMLElement, event: PointerEvent): void {
    const before = this.#down.get(event.pointerId);
    if (before === undefined) return;
    const now = at(event);
    const other = [...this.#down].find(([id]) => id !== event.pointerId)?.[1];
    this.#down.set(event.pointerId, now);
    if (other === undefined) this.#wishes.move({ x: now.x - before.x, y: now.y - before.y });
    else this.#wishes.zoom(apart(now, other) / apart(before, other), fromMiddle(stage, middle(now, other)));
  }

  #ended(stage: HTMLElement, event: PointerEvent): void {
    const start = this.#start;
    const isLast = this.#down.size === 1 && this.#down.has(event.pointerId);
    const wasPinch = this.#wasPinch;
    this.#forget(event);
    if (!isLast || start === null || wasPinch) return;
    const by = at(event).x - start.x;
    if (apart(at(event), start) < STILL_PX) this.#wishes.press(fromMiddle(stage, start), isOnPicture(stage, start));
    else if (Math.abs(by) > SWIPE_PX && event.pointerType === "touch") this.#wishes.swipe(by < 0 ? 1 : -1);
  }

  #forget(event: PointerEvent): void {
    this.#down.delete(event.pointerId);
    if (this.#down.size === 0) this.#wasPinch = false;
  }
}

const at = ({ clientX, clientY }: PointerEvent): Point => ({ x: clientX, y: clientY });
const apart = (one: Point, other: Point) => Math.max(1, Math.hypot(one.x - other.x, one.y - other.y));
const middle = (one: Point, other: Point): Point => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });

function fromMiddle(stage: HTMLElement, { x, y }: Point): Point {
  const box = stage.getBoundingClientRect();
  return { x: x - box.x - box.width / 2, y: y - box.y - box.height / 2 };
}

function isOnPicture(stage: HTMLElement, { x, y }: Point): boolean {
  const box = stage.querySelector("img")?.getBoundingClientRect();
  return box !== undefined && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
