/** Which actions somebody looks for: by their words, or by their keys. */
import type { Key } from "../../i18n/catalogue";
import { keysOf, type Action, type Bound } from "./actions";

export function matching(actions: readonly Action[], sought: string, say: (key: Key) => string, bound: Bound): readonly Action[] {
  const words = sought.trim().toLowerCase().split(/\s+/);
  return actions.filter((action) => {
    const text = `${say(`keys.action.${action}`)} ${keysOf(action, bound)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
