/** What goes on in stage channels: the open stages of those one sees. */
import type { Snowflake, StageInstance } from "../wire/types";
import { replaceIn, sorted, type Applies, type Part } from "./parts";
import { Table } from "./table";

const entry = (stage: StageInstance) => [stage.channel_id, stage] as const;

export class Stages implements Part {
  readonly byChannel = new Table<StageInstance>();

  readonly tables = {};

  readonly passing = { byChannel: this.byChannel };

  readonly on: Applies = {
    READY: ({ guilds }) => this.byChannel.become(guilds.flatMap(({ stage_instances: all }) => all.map(entry))),
    GUILD_CREATE: ({ id, stage_instances: all }) => replaceIn(this.byChannel, id, all.map(entry)),
    GUILD_DELETE: ({ id, unavailable }) => {
      if (unavailable !== true) replaceIn(this.byChannel, id, []);
    },
    STAGE_INSTANCE_CREATE: (stage) => this.byChannel.set(...entry(stage)),
    STAGE_INSTANCE_UPDATE: (stage) => this.byChannel.set(...entry(stage)),
    STAGE_INSTANCE_DELETE: ({ channel_id }) => this.byChannel.delete(channel_id),
  };

  forget(channelIds: readonly Snowflake[]): void {
    for (const id of channelIds) this.byChannel.delete(id);
  }

  snapshot(): unknown {
    return sorted(this.byChannel.entries());
  }
}
