/** What a recording looks like. */
import { expect, test } from "vitest";
import { waveformOf } from "./recording.svelte";

const levels = (waveform: string) => [...Uint8Array.from(atob(waveform), (letter) => letter.charCodeAt(0))];

test("a short one is told as it was", () => {
  expect(levels(waveformOf([0, 128, 255]))).toEqual([0, 128, 255]);
  expect(levels(waveformOf([]))).toEqual([0]);
});

test("a long one is told in 256 levels, and nothing loud is lost", () => {
  const long = Array.from({ length: 3000 }, (_, place) => (place === 1700 ? 200 : 1));
  const told = levels(waveformOf(long));
  expect(told).toHaveLength(256);
  expect(Math.max(...told)).toBe(200);
});
