/** Who wants to come to what a guild plans: how many, and whether one does oneself. */
import type { Live } from "../../store/live.svelte";
import type { ScheduledEventUser, ScheduledEventUserChange, Snowflake } from "../../wire/types";
import type { App } from "../app";

const COMES = 1;

type Said = Pick<ScheduledEventUser, "guild_scheduled_event_id" | "guild_scheduled_event_exception_id" | "response">;

const saidOf = ({ guild_scheduled_event_id: event, guild_scheduled_event_exception_id: occurrence }: Omit<Said, "response">) => place(event, occurrence);
const place = (event: Snowflake, occurrence?: Snowflake) => [event, occurrence].filter((part) => part !== undefined).join("/");

export class Crowds {
  #counts = $state.raw<Readonly<Record<Snowflake, number>>>({});
  /** What one said of events, and otherwise of single occurrences. */
  #own = $state.raw<Readonly<Record<string, boolean>>>({});

  constructor(
    readonly app: Pick<App, "api">,
    readonly live: Live,
    readonly guildId: Snowflake,
  ) {}

  async load(): Promise<void> {
    const { client } = this.app.api;
    const [all, own] = await Promise.all([
      client.call("GET /guilds/{guild_id}/scheduled-events", { guild_id: this.guildId, query: { with_user_count: true } }),
      client.call("GET /users/@me/scheduled-events", { query: { guild_ids: [this.guildId] } }),
    ]);
    this.live.world.people.learn(all.flatMap(({ creator }) => creator ?? []));
    this.#counts = Object.fromEntries(all.map(({ id, user_count }) => [id, user_count ?? 0]));
    this.#own = Object.fromEntries(own.map((said) => [saidOf(said), said.response === COMES]));
  }

  readonly heard = (name: string, data: unknown): void => {
    if (name === "GUILD_SCHEDULED_EVENT_USER_ADD") this.#hear(data as ScheduledEventUserChange, true);
    if (name === "GUILD_SCHEDULED_EVENT_USER_REMOVE") this.#hear(data as ScheduledEventUserChange, false);
  };

  countOf(eventId: Snowflake): number {
    return this.#counts[eventId] ?? 0;
  }

  /** Whoever wants to come to the event wants to come to each occurrence they did not say otherwise of. */
  comes(eventId: Snowflake, occurrence?: Snowflake): boolean {
    return this.#own[place(eventId, occurrence)] ?? this.#own[eventId] ?? false;
  }

  async choose(eventId: Snowflake, comes: boolean): Promise<void> {
    const event = { guild_id: this.guildId, guild_scheduled_event_id: eventId };
    const operation = comes
      ? "PUT /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/users/@me"
      : "DELETE /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/users/@me";
    await this.app.api.client.call(operation, event);
    this.#say(eventId, comes || undefined);
  }

  async chooseOnce(eventId: Snowflake, occurrence: Snowflake, comes: boolean): Promise<void> {
    const wanted = { guild_id: this.guildId, guild_scheduled_event_id: eventId, guild_scheduled_event_exception_id: occurrence };
    await this.app.api.client.call("PUT /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/{guild_scheduled_event_exception_id}/users/@me", {
      ...wanted,
      body: { response: comes ? COMES : 0 },
    });
    this.#say(place(eventId, occurrence), comes);
  }

  #hear(change: ScheduledEventUserChange, isSaid: boolean): void {
    if (change.guild_id !== this.guildId) return;
    const { guild_scheduled_event_id: event, guild_scheduled_event_exception_id: occurrence } = change;
    if (occurrence === undefined) this.#counts = { ...this.#counts, [event]: Math.max(0, this.countOf(event) + (isSaid ? 1 : -1)) };
    if (change.user_id === this.live.world.people.me) this.#say(saidOf(change), isSaid ? change.response === COMES : undefined);
  }

  #say(key: string, comes: boolean | undefined): void {
    const rest = Object.fromEntries(Object.entries(this.#own).filter(([one]) => one !== key));
    this.#own = comes === undefined ? rest : { ...rest, [key]: comes };
  }
}
