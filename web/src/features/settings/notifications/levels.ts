/** How much a server tells somebody of, as one word. */
import type { UserGuildSettings } from "../../../wire/types";
import { ALL, AS_ABOVE, MENTIONS, NOTHING } from "../../../world/notifications";

export const LEVELS = { all: ALL, mentions: MENTIONS, nothing: NOTHING, muted: null } as const;
export type Level = keyof typeof LEVELS;

/** `byDefault` is what the server suggests, which counts until somebody chose. */
export function levelOf(settings: Pick<UserGuildSettings, "message_notifications"> | undefined, isMuted: boolean, byDefault: number | null): Level {
  if (isMuted) return "muted";
  const chosen = settings?.message_notifications ?? AS_ABOVE;
  const level = chosen === AS_ABOVE ? (byDefault ?? ALL) : chosen;
  return level === MENTIONS ? "mentions" : level === NOTHING ? "nothing" : "all";
}
