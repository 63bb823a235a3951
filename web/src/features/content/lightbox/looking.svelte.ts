/** How closely a picture is looked at, and which part of it. */
import { moved, WHOLE, zoomed, type Frame, type Point, type View } from "./zoom";

const MIDDLE: Point = { x: 0, y: 0 };
const NOWHERE = { width: 0, height: 0 };

export class Looking {
  view = $state.raw<View>(WHOLE);
  frame: Frame = { picture: NOWHERE, frame: NOWHERE };

  get isClose(): boolean {
    return this.view.scale > WHOLE.scale;
  }

  zoom(factor: number, at: Point = MIDDLE): void {
    this.view = zoomed(this.view, factor, at, this.frame);
  }

  move(by: Point): void {
    this.view = moved(this.view, by, this.frame);
  }

  whole(): void {
    this.view = WHOLE;
  }
}
