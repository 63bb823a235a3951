/** What guilds plan and what goes on there, as far as one sees where: Discord calls them scheduled events. */
import type { ScheduledEvent, ScheduledEventException, Snowflake } from "../wire/types";
import { byAge } from "./ids";
import { replaceIn, sorted, without, type Applies, type Part } from "./parts";
import { Table } from "./table";

export const SCHEDULED = 1;
export const ACTIVE = 2;
export const COMPLETED = 3;
export const CANCELED = 4;

/** Where something happens. */
export const ON_STAGE = 1;
export const IN_VOICE = 2;
export const ELSEWHERE = 3;

const entry = (happening: ScheduledEvent) => [happening.id, happening] as const;

export class Happenings implements Part {
  readonly byId = new Table<ScheduledEvent>();

  readonly tables = { byId: this.byId };

  readonly on: Applies = {
    READY: ({ guilds }) => this.byId.become(guilds.flatMap(({ guild_scheduled_events: all }) => all.map(entry))),
    GUILD_CREATE: ({ id, guild_scheduled_events: all }) => replaceIn(this.byId, id, all.map(entry)),
    GUILD_DELETE: ({ id, unavailable }) => {
      if (unavailable !== true) replaceIn(this.byId, id, []);
    },
    GUILD_SCHEDULED_EVENT_CREATE: (happening) => this.#put(happening),
    GUILD_SCHEDULED_EVENT_UPDATE: (happening) => this.#put(happening),
    GUILD_SCHEDULED_EVENT_DELETE: ({ id }) => this.byId.delete(id),
    GUILD_SCHEDULED_EVENT_EXCEPTION_CREATE: (exception) => this.#except(exception, [without(exception, ["guild_id"])]),
    GUILD_SCHEDULED_EVENT_EXCEPTION_UPDATE: (exception) => this.#except(exception, [without(exception, ["guild_id"])]),
    GUILD_SCHEDULED_EVENT_EXCEPTION_DELETE: (exception) => this.#except(exception, []),
    GUILD_SCHEDULED_EVENT_EXCEPTIONS_DELETE: ({ event_id }) =>
      this.byId.change(event_id, (happening) => ({ ...happening, guild_scheduled_event_exceptions: [] })),
  };

  /** Those of a guild that are not over. */
  of(guildId: Snowflake): readonly ScheduledEvent[] {
    return [...this.byId.values()].filter(({ guild_id }) => guild_id === guildId);
  }

  /** With a channel goes what was to happen there. */
  forget(channelIds: readonly Snowflake[]): void {
    for (const { id, channel_id } of [...this.byId.values()])
      if (channel_id !== null && channelIds.includes(channel_id)) this.byId.delete(id);
  }

  snapshot(): unknown {
    return sorted(this.byId.entries());
  }

  #put(happening: ScheduledEvent): void {
    if (happening.status > ACTIVE) this.byId.delete(happening.id);
    else this.byId.set(happening.id, happening);
  }

  #except({ event_id, event_exception_id }: ScheduledEventException, put: readonly ScheduledEventException[]): void {
    this.byId.change(event_id, (happening) => {
      const others = happening.guild_scheduled_event_exceptions.filter((one) => one.event_exception_id !== event_exception_id);
      const all = [...others, ...put].sort((one, other) => byAge(one.event_exception_id, other.event_exception_id));
      return { ...happening, guild_scheduled_event_exceptions: all };
    });
  }
}
