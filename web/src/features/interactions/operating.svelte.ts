/** What one does with the buttons and lists of one message: one thing at a time, and what went wrong with it. */
import { createContext } from "svelte";
import type { Live } from "../../store/live.svelte";
import type { Message } from "../../wire/types";
import type { App } from "../app";
import { wordsFor } from "../attempt";
import { authorName } from "../messages/authors";
import type { Button, Select } from "./components";
import { deskOf } from "./desk";
import { showModal } from "./modals";

export class Operating {
  /** The component that waits for its application. */
  busy = $state<string | null>(null);
  problem = $state("");
  readonly #app: App;
  readonly #live: Live;
  readonly #given: () => Message;

  constructor(app: App, live: Live, given: () => Message) {
    this.#app = app;
    this.#live = live;
    this.#given = given;
  }

  get message(): Message {
    return this.#given();
  }

  async use({ type, custom_id }: Button | Select, values?: readonly string[]): Promise<void> {
    if (this.busy !== null || custom_id === undefined) return;
    const { id, channel_id, flags, author, application_id } = this.message;
    const guild_id = this.#live.world.guildOf(channel_id) ?? null;
    const place = { application_id: application_id ?? author.id, channel_id, guild_id };
    const data = { component_type: type, custom_id, ...(values === undefined ? {} : { values }) };
    this.busy = custom_id;
    this.problem = "";
    try {
      const outcome = await deskOf(this.#live, this.#app.api.client).ask({ type: 3, ...place, message_id: id, message_flags: flags, data });
      if (outcome.kind === "modal") void showModal(this.#app, outcome.modal, guild_id);
      if (outcome.kind === "failed") this.problem = this.#app.speech.say("interactions.silent", { name: this.#name });
    } catch (refused) {
      this.problem = wordsFor(this.#app, refused);
    } finally {
      this.busy = null;
    }
  }

  get #name(): string {
    const { world } = this.#live;
    return authorName(world, this.message, world.guildOf(this.message.channel_id));
  }
}

export const [useOperating, provideOperating] = createContext<Operating>();
