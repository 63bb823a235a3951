/** The guide of a server for one who is new: what there is to do and to read, and what of it is done. */
import type { Client } from "../../rest/client";
import { Refused } from "../../rest/errors";
import type { NewMemberAction, NewMemberProgress, ServerGuide, Snowflake } from "../../wire/types";

const TALK = 1;

export class Guiding {
  /** Null where there is none. */
  guide = $state.raw<ServerGuide | null>(null);
  #done = $state.raw<ReadonlySet<Snowflake>>(new Set());
  #loading: Promise<void> | undefined;

  readonly #client: Pick<Client, "call">;
  readonly #guildId: Snowflake;

  constructor(client: Pick<Client, "call">, guildId: Snowflake) {
    this.#client = client;
    this.#guildId = guildId;
  }

  async load(): Promise<void> {
    const [guide, progress] = await Promise.all([this.#guide(), this.#client.call("GET /guilds/{guild_id}/new-member-actions", { guild_id: this.#guildId })]);
    this.guide = guide;
    this.#become(progress);
  }

  isDone({ channel_id }: NewMemberAction): boolean {
    return this.#done.has(channel_id);
  }

  get doneCount(): number {
    return this.guide?.new_member_actions.filter((one) => this.isDone(one)).length ?? 0;
  }

  /** To look is all that is asked for; what is to be said is done when it is said. */
  async opened(action: NewMemberAction): Promise<void> {
    if (action.action_type !== TALK && !this.isDone(action)) await this.#complete(action);
  }

  /** Something was said in a channel: perhaps that was to do. */
  async said(channelId: Snowflake): Promise<void> {
    await (this.#loading ??= this.load());
    const found = this.guide?.new_member_actions.find((one) => one.channel_id === channelId && one.action_type === TALK);
    if (found !== undefined && !this.isDone(found)) await this.#complete(found);
  }

  async #complete({ channel_id }: NewMemberAction): Promise<void> {
    this.#become(await this.#client.call("POST /guilds/{guild_id}/new-member-action/{channel_id}", { guild_id: this.#guildId, channel_id }));
  }

  /** One that was taken away is none. */
  async #guide(): Promise<ServerGuide | null> {
    try {
      return await this.#client.call("GET /guilds/{guild_id}/new-member-welcome", { guild_id: this.#guildId });
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      return null;
    }
  }

  #become(progress: NewMemberProgress | null): void {
    const all = Object.entries(progress?.channel_actions ?? {});
    this.#done = new Set(all.filter(([, { completed }]) => completed).map(([id]) => id));
  }
}
