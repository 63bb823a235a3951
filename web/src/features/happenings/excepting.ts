/** Makes one time of something that happens again otherwise than the rule says, or as it says. */
import type { ModifyExceptionInput, ScheduledEvent, Snowflake } from "../../wire/types";
import { momentOf } from "../../world/ids";
import type { App } from "../app";

const placeOf = ({ guild_id, id }: ScheduledEvent) => ({ guild_id, guild_scheduled_event_id: id });

export function except({ api: { client } }: Pick<App, "api">, event: ScheduledEvent, id: Snowflake, body: ModifyExceptionInput): Promise<unknown> {
  const known = event.guild_scheduled_event_exceptions.some(({ event_exception_id }) => event_exception_id === id);
  if (known) return client.call("PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/exceptions/{exception_id}", { ...placeOf(event), exception_id: id, body });
  const original = new Date(momentOf(id)).toISOString();
  return client.call("POST /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/exceptions", { ...placeOf(event), body: { original_scheduled_start_time: original, ...body } });
}

export function unexcept({ api: { client } }: Pick<App, "api">, event: ScheduledEvent, id: Snowflake): Promise<unknown> {
  return client.call("DELETE /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/exceptions/{exception_id}", { ...placeOf(event), exception_id: id });
}
