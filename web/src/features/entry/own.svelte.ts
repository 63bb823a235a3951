/** How far one's own request to a server is: asked for once, then told by the gateway. */
import type { Client } from "../../rest/client";
import { Refused } from "../../rest/errors";
import type { Events, JoinRequest, Snowflake } from "../../wire/types";
import type { EventName } from "../../world/parts";

export class OwnRequest {
  /** Null where nothing is known of one. */
  now = $state.raw<JoinRequest | null>(null);

  readonly #client: Pick<Client, "call">;
  readonly #guildId: Snowflake;
  readonly #me: Snowflake | null;

  constructor(client: Pick<Client, "call">, guildId: Snowflake, me: Snowflake | null) {
    this.#client = client;
    this.#guildId = guildId;
    this.#me = me;
  }

  get isSent(): boolean {
    return this.now?.application_status === "SUBMITTED";
  }

  async load(): Promise<void> {
    try {
      this.now = await this.#client.call("GET /guilds/{guild_id}/requests/@me", { guild_id: this.#guildId });
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      this.now = null;
    }
  }

  /** What was sent is taken back, to answer anew. */
  async takeBack(): Promise<void> {
    this.now = await this.#client.call("DELETE /guilds/{guild_id}/requests/@me", { guild_id: this.#guildId });
  }

  hear = (name: EventName, data: unknown): void => {
    if (name !== "GUILD_JOIN_REQUEST_CREATE" && name !== "GUILD_JOIN_REQUEST_UPDATE") return;
    const { guild_id, request } = data as Events["GUILD_JOIN_REQUEST_UPDATE"];
    if (guild_id === this.#guildId && request.user_id === this.#me) this.now = request;
  };
}
