/** When somebody is away, and when they are back. */
import { expect, test } from "vitest";
import { Idleness, PATIENCE_MS } from "./idle";

/** A clock that stands still until it is turned. */
function stopped() {
  let now = 0;
  let timers: { at: number; then: () => void }[] = [];
  return {
    now: () => now,
    after: (ms: number, then: () => void) => {
      const timer = { at: now + ms, then };
      timers.push(timer);
      return () => (timers = timers.filter((one) => one !== timer));
    },
    turn(ms: number): void {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { then } of due) then();
    },
  };
}

function watched() {
  const clock = stopped();
  const heard: (number | null)[] = [];
  const idleness: Idleness = new Idleness(clock, () => heard.push(idleness.since));
  return { clock, heard, idleness };
}

test("ten minutes without a sign are away, and the first sign is back", () => {
  const { clock, heard, idleness } = watched();
  clock.turn(PATIENCE_MS);
  expect(heard).toEqual([0]);
  clock.turn(1000);
  idleness.stir();
  expect(heard).toEqual([0, null]);
  clock.turn(PATIENCE_MS);
  expect(heard).toEqual([0, null, PATIENCE_MS + 1000]);
});

test("who moves now and then is there", () => {
  const { clock, heard, idleness } = watched();
  for (let minutes = 0; minutes < 30; minutes += 9) {
    clock.turn(9 * 60_000);
    idleness.stir();
  }
  expect(heard).toEqual([]);
});

test("nothing is said after the end", () => {
  const { clock, heard, idleness } = watched();
  idleness.stop();
  clock.turn(2 * PATIENCE_MS);
  expect(heard).toEqual([]);
});
