/** Of a large server one knows few members; the rest is asked for when somebody is sought. */
import type { Snowflake } from "../../../wire/types";
import type { World } from "../../../world/world";
import type { App } from "../../app";
import { findMembers } from "./finding";

const PAUSE_MS = 150;

export class AskingForMembers {
  /** What the server has answered. */
  #answered = $state("");
  readonly #words: () => string;

  /** Asks once nobody types any more, and gives up when somebody else is sought; nobody is sought by no words. */
  constructor(app: App, world: World, guildOf: () => Snowflake | null | undefined, words: () => string) {
    this.#words = () => (guildOf() ? words().trim() : "");
    $effect(() => {
      const guildId = guildOf();
      const sought = this.#words();
      if (!guildId || sought === "") return undefined;
      const asking = new AbortController();
      const ask = async () => {
        await findMembers(app, world, guildId, sought, asking.signal);
        if (!asking.signal.aborted) this.#answered = sought;
      };
      const timer = setTimeout(() => void ask(), PAUSE_MS);
      return () => {
        clearTimeout(timer);
        asking.abort();
      };
    });
  }

  /** Whether the server has still to say whom it knows by these words. */
  get isComing(): boolean {
    const sought = this.#words();
    return sought !== "" && sought !== this.#answered;
  }
}
