/** A view without a page, for tests: what it read each time it was drawn. */
import { flushSync } from "svelte";

export function watching<Value>(read: () => Value): { readonly seen: readonly Value[]; readonly stop: () => void } {
  const seen: Value[] = [];
  const stop = $effect.root(() => {
    $effect(() => void seen.push(read()));
  });
  flushSync();
  return { seen, stop };
}
