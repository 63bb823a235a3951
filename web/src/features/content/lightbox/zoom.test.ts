import { describe, expect, test } from "vitest";
import { CLOSEST, moved, WHOLE, zoomed } from "./zoom";

const FRAME = { picture: { width: 400, height: 200 }, frame: { width: 400, height: 300 } };

describe("a picture in its frame", () => {
  test("what is pointed at stays where it is", () => {
    expect(zoomed(WHOLE, 2, { x: 100, y: 0 }, FRAME)).toEqual({ scale: 2, x: -100, y: 0 });
  });

  test("it is never smaller than whole, nor closer than there are pixels for", () => {
    expect(zoomed(WHOLE, 0.5, { x: 0, y: 0 }, FRAME)).toEqual(WHOLE);
    expect(zoomed(WHOLE, 100, { x: 0, y: 0 }, FRAME).scale).toBe(CLOSEST);
  });

  test("its edges do not leave the frame", () => {
    const close = zoomed(WHOLE, 2, { x: 0, y: 0 }, FRAME);
    expect(moved(close, { x: 1000, y: 1000 }, FRAME)).toEqual({ scale: 2, x: 200, y: 50 });
    expect(moved(WHOLE, { x: 50, y: 50 }, FRAME)).toEqual(WHOLE);
  });
});
