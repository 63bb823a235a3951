/** How somebody is in a voice channel. */
import { expect, test } from "vitest";
import { marksOf } from "./marks";

const plain = { mute: false, self_mute: false, deaf: false, self_deaf: false, self_video: false, suppress: false, request_to_speak_timestamp: null };

test.each([
  [{}, []],
  [{ self_mute: true, self_deaf: true }, ["voices.selfMute", "voices.selfDeaf"]],
  [{ mute: true, self_mute: true }, ["voices.mute"]],
  [{ deaf: true, self_video: true }, ["voices.deaf", "voices.video"]],
  [{ suppress: true, request_to_speak_timestamp: "2026-11-21T12:00:00Z" }, ["voices.asks"]],
])("%j is drawn as %j", (more, words) => {
  expect(marksOf({ ...plain, ...more }).map(({ word }) => word)).toEqual(words);
});
