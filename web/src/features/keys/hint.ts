/** The keys of an action, as short as they fit beside its name. */
import type { App } from "../app";
import { keysOf, type Action } from "./actions";
import { lettered } from "./combination";

export const isMac = /^Mac|^iP/.test(navigator.platform);

/** Nothing where somebody took its keys away. */
export function hint(app: App, action: Action): string | undefined {
  const keys = keysOf(action, app.preferences.all.keys);
  return keys === "" ? undefined : lettered(keys, isMac).join(" ");
}
