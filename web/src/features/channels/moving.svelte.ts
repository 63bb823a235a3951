/** Moves channels of the list, by pointer and by keys, for who may. */
import { createContext } from "svelte";
import type { Snowflake } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import type { World } from "../../world/world";
import { Dragging, type Landing } from "../../ui/dragging.svelte";
import type { App } from "../app";
import { attempt } from "../attempt";
import { moveByKey } from "../moves";
import { CATEGORY, listed } from "./listed";
import { movedCategory, movedChannel, steppedCategory, steppedChannel, type Move } from "./ordering";

export class Moving {
  readonly dragging = new Dragging<KnownChannel>();
  readonly groups = $derived.by(() => listed(this.world, this.guildId));

  constructor(
    readonly app: App,
    readonly world: World,
    readonly guildId: Snowflake,
  ) {}

  /** A channel is landed on by channels. */
  ofChannel(channel: KnownChannel): Landing<KnownChannel> {
    return {
      key: channel.id,
      takes: ({ type }) => ({ beside: type !== CATEGORY, into: false }),
      land: (carried, side) => {
        if (side === "into") return;
        void this.#move(movedChannel(this.groups, carried, channel.parent_id ?? null, { id: channel.id, side }));
      },
    };
  }

  /** A category takes channels in, and stands beside other categories. */
  ofCategory(category: KnownChannel): Landing<KnownChannel> {
    return {
      key: category.id,
      takes: ({ type }) => ({ beside: type === CATEGORY, into: type !== CATEGORY }),
      land: (carried, side) => {
        if (side === "into") void this.#move(movedChannel(this.groups, carried, category.id));
        else void this.#move(movedCategory(this.groups, carried.id, category.id, side));
      },
    };
  }

  readonly step = (channel: KnownChannel, by: -1 | 1): void => {
    const isCategory = channel.type === CATEGORY;
    void this.#move(
      isCategory ? steppedCategory(this.groups, channel.id, by) : steppedChannel(this.groups, channel, by),
    );
  };

  readonly pressed = (event: KeyboardEvent, channel: KnownChannel): void =>
    moveByKey(event, (by) => this.step(channel, by));

  async #move(body: Move): Promise<void> {
    if (body.length === 0) return;
    await attempt(this.app, () =>
      this.app.api.client.call("PATCH /guilds/{guild_id}/channels", { guild_id: this.guildId, body }),
    );
  }
}

export const [useMoving, provideMoving] = createContext<Moving>();
