/** How a picture lies in its frame: how large, and by how much its middle is moved. Pure arithmetic. */

export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Of the picture as it fits, and of the frame around it. */
export interface Frame {
  readonly picture: { readonly width: number; readonly height: number };
  readonly frame: { readonly width: number; readonly height: number };
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 };
export const CLOSEST = 8;

const between = (least: number, value: number, most: number) => Math.min(most, Math.max(least, value));

/** No further than its edges. */
function held({ scale, x, y }: View, { picture, frame }: Frame): View {
  const room = (picture: number, frame: number) => Math.max(0, (picture * scale - frame) / 2);
  const [across, along] = [room(picture.width, frame.width), room(picture.height, frame.height)];
  return { scale, x: between(-across, x, across), y: between(-along, y, along) };
}

/** Closer or farther, so that what lies under a point of the frame, counted from its middle, stays there. */
export function zoomed(view: View, factor: number, at: Point, frame: Frame): View {
  const scale = between(1, view.scale * factor, CLOSEST);
  const grown = scale / view.scale;
  return held({ scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown }, frame);
}

export function moved(view: View, by: Point, frame: Frame): View {
  return held({ scale: view.scale, x: view.x + by.x, y: view.y + by.y }, frame);
}
