/** What somebody is asked in a server and what they have chosen of it, until it is sent. */
import type { Client } from "../../rest/client";
import type { OnboardingPrompt, RespondToOnboardingInput, Snowflake } from "../../wire/types";
import { responseOf, type Chosen } from "./choosing";

export class Choosing {
  prompts = $state.raw<readonly OnboardingPrompt[]>([]);
  chosen = $state.raw<Chosen>(new Set());

  readonly #client: Pick<Client, "call">;
  readonly #guildId: Snowflake;

  constructor(client: Pick<Client, "call">, guildId: Snowflake) {
    this.#client = client;
    this.#guildId = guildId;
  }

  /** Everything, or only what is asked of newcomers. */
  async load(isWanted: (prompt: OnboardingPrompt) => boolean = () => true): Promise<void> {
    const { prompts, responses } = await this.#client.call("GET /guilds/{guild_id}/onboarding", { guild_id: this.#guildId });
    this.prompts = prompts.filter(isWanted);
    this.chosen = new Set(responses ?? []);
  }

  choose = (chosen: Chosen): void => {
    this.chosen = chosen;
  };

  /** The first answers of a newcomer. */
  async answer(): Promise<void> {
    await this.#client.call("POST /guilds/{guild_id}/onboarding-responses", { guild_id: this.#guildId, body: this.#body });
  }

  /** Other answers than before. */
  async change(): Promise<void> {
    await this.#client.call("PUT /guilds/{guild_id}/onboarding-responses", { guild_id: this.#guildId, body: this.#body });
  }

  get #body(): RespondToOnboardingInput {
    return responseOf(this.prompts, this.chosen, Date.now());
  }
}
