/** How often the reader is called, for the title of the page, and what of theirs was not sent. */
import type { ScheduledMessage } from "../wire/types";

export class Attention {
  calls = $state(0);
  /** Scheduled messages that could not be sent. */
  unsent = $state.raw<readonly ScheduledMessage[]>([]);
}
