/** What somebody says of themselves, asked for when it is looked at; until then, what is known anyway is shown. */
import { Refused, Unreachable } from "../../rest/errors";
import type { Snowflake, UserProfile } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";

export class Profile {
  #answer = $state.raw<UserProfile>();
  /** No answer came: what is shown is not all. */
  failed = $state(false);

  constructor(
    app: App,
    world: World,
    readonly userId: Snowflake,
    readonly guildId: Snowflake | null,
  ) {
    void this.#load(app, world);
  }

  get answer(): UserProfile | undefined {
    return this.#answer;
  }

  get bio(): string {
    return this.#answer?.guild_member_profile?.bio || this.#answer?.user_profile?.bio || "";
  }

  get pronouns(): string {
    return this.#answer?.guild_member_profile?.pronouns || this.#answer?.user_profile?.pronouns || "";
  }

  async #load(app: App, world: World): Promise<void> {
    const { userId, guildId } = this;
    const isMember = guildId !== null && world.people.member(guildId, userId) !== undefined;
    try {
      const found = await app.api.client.call("GET /users/{user_id}/profile", {
        user_id: userId,
        query: { with_mutual_guilds: true, with_mutual_friends: true, ...(isMember && { guild_id: guildId }) },
      });
      world.people.learn(found.mutual_friends ?? []);
      this.#answer = found;
    } catch (problem) {
      // Strangers' profiles are not shown: what is known of them stands there already.
      if (problem instanceof Unreachable) this.failed = true;
      else if (!(problem instanceof Refused)) throw problem;
    }
  }
}
