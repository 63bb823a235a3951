/** What time it is, for views that show what ends by itself: they look again after a while. */
import { createSubscriber } from "svelte/reactivity";

const TICK_MS = 15_000;

const look = createSubscriber((again) => {
  const timer = setInterval(again, TICK_MS);
  return () => clearInterval(timer);
});

export function moment(): number {
  look();
  return Date.now();
}
