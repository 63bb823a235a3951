/** What goes on in a server: what is paused and until when, and what was noticed of late. */
import type { IncidentsData } from "../../wire/types";

export interface Incidents {
  /** Until when, where it is. */
  readonly invites: string | null;
  readonly directs: string | null;
  /** When it was noticed, where that was not long ago. */
  readonly raid: string | null;
  readonly spam: string | null;
}

/** So long those who keep order are shown what was noticed. */
const FRESH_MS = 6 * 60 * 60 * 1000;

export function incidentsOf(data: IncidentsData | null | undefined, now: number): Incidents {
  const lasting = (until: string | null | undefined) => (until && Date.parse(until) > now ? until : null);
  const fresh = (at: string | undefined) => (at && Date.parse(at) > now - FRESH_MS ? at : null);
  return {
    invites: lasting(data?.invites_disabled_until),
    directs: lasting(data?.dms_disabled_until),
    raid: fresh(data?.raid_detected_at),
    spam: fresh(data?.dm_spam_detected_at),
  };
}

export function isQuiet({ invites, directs, raid, spam }: Incidents): boolean {
  return invites === null && directs === null && raid === null && spam === null;
}
