import { describe, expect, test } from "vitest";
import { clock } from "./clock";
import { bars } from "./waveform";

describe("clocks", () => {
  test.each([
    [0, "0:00"],
    [9.9, "0:09"],
    [249, "4:09"],
    [3723, "1:02:03"],
    [-1, "0:00"],
  ])("%d s", (seconds, said) => expect(clock(seconds)).toBe(said));
});

describe("the shape of a voice", () => {
  test("each bar is the loudest of its stretch", () => {
    const waveform = btoa(String.fromCharCode(0, 255, 51, 0));
    expect(bars(waveform, 2)).toEqual([1, 0.2]);
  });

  test("more bars than levels repeat them, and silence is seen", () => {
    expect(bars(btoa(String.fromCharCode(0, 255)), 4)).toEqual([0.08, 0.08, 1, 1]);
    expect(bars("", 2)).toEqual([0.08, 0.08]);
  });
});
