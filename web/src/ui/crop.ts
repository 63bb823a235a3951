/** Cuts a picture to the shape it is shown in. */

export interface Frame {
  readonly width: number;
  readonly height: number;
}

export interface Cut {
  /** 1 fills the frame, more comes nearer. */
  readonly zoom: number;
  /** Of the picture's middle from the frame's, in widths and heights of the frame. */
  readonly x: number;
  readonly y: number;
}

const QUALITY = 0.92;

/** How large the picture lies over the frame. */
export function laid(picture: Frame, frame: Frame, zoom: number): Frame {
  const scale = Math.max(frame.width / picture.width, frame.height / picture.height) * zoom;
  return { width: picture.width * scale, height: picture.height * scale };
}

/** The same cut with no gap between picture and frame. */
export function kept(cut: Cut, picture: Frame, frame: Frame): Cut {
  const size = laid(picture, frame, cut.zoom);
  const far = { x: (size.width / frame.width - 1) / 2, y: (size.height / frame.height - 1) / 2 };
  return { zoom: cut.zoom, x: clamp(cut.x, far.x), y: clamp(cut.y, far.y) };
}

function clamp(value: number, far: number): number {
  return Math.min(far, Math.max(-far, value)) + 0;
}

/** As a data URL, which is how the API takes pictures. */
export function drawCut(image: HTMLImageElement, frame: Frame, cut: Cut): string {
  const canvas = document.createElement("canvas");
  canvas.width = frame.width;
  canvas.height = frame.height;
  const size = laid({ width: image.naturalWidth, height: image.naturalHeight }, frame, cut.zoom);
  const left = (frame.width - size.width) / 2 + cut.x * frame.width;
  const top = (frame.height - size.height) / 2 + cut.y * frame.height;
  canvas.getContext("2d")?.drawImage(image, left, top, size.width, size.height);
  return canvas.toDataURL("image/webp", QUALITY);
}
