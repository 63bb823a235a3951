/** In which boxes pictures stand, and in which size the server is asked for them. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The widest that media of a message get, as `--embed` says, and the tallest that one alone gets. */
export const WIDEST: Size = { width: 520, height: 350 };

const SCREEN: Size = { width: 480, height: 270 };

const LARGEST = 4096;
/** Sizes asked for are multiples of it, so that many screens share a rendition. */
const STEP = 64;
const PER_ROW = 3;
const NARROWEST = 0.7;
const BROADEST = 1.8;

/** As large as it is, as far as that fits. */
export function fitted({ width, height }: Size, most: Size): Size {
  const scale = Math.min(1, most.width / width, most.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The box of a film, also of one whose size nobody knows. */
export function boxOfFilm({ width, height }: { readonly width?: number | null; readonly height?: number | null }): Size {
  return fitted(width && height ? { width, height } : SCREEN, WIDEST);
}

/** So large that it fills the box, without ever being larger than it is. */
export function covering({ width, height }: Size, box: Size): Size {
  const scale = Math.min(1, Math.max(box.width / width, box.height / height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** The address of a picture for a box on a screen with so many pixels for one. */
export function renditionOf(url: string, size: Size, dense: number, animated: boolean): string {
  const address = new URL(url, location.href);
  const pixels = (length: number) => String(Math.min(LARGEST, Math.ceil((length * dense) / STEP) * STEP));
  address.searchParams.set("format", "webp");
  address.searchParams.set("width", pixels(size.width));
  address.searchParams.set("height", pixels(size.height));
  if (animated) address.searchParams.set("animated", "true");
  return address.href;
}

/** How many stand in each row: up to three in one, more in two, and of these the lower one holds more. */
export function rowsOf(count: number): readonly number[] {
  if (count <= PER_ROW) return [count];
  const above = Math.floor(count / 2);
  return [above, count - above];
}

/** How much of its row a picture gets, by its shape. */
export function shareOf({ width, height }: Size): number {
  return Math.min(BROADEST, Math.max(NARROWEST, width / height));
}
