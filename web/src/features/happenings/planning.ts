/** A form about something that is planned, and what is sent of it. */
import type { CreateScheduledEventInput, ModifyScheduledEventInput, ScheduledEvent, Snowflake } from "../../wire/types";
import { ELSEWHERE } from "../../world/happenings";
import { toField } from "../composer/moments";
import { kindOf, type Kind } from "./may";
import { repeatOf, ruleOf, type Repeat } from "./recurring";

const HOUR_MS = 3_600_000;

export const LONGEST = { name: 100, location: 100, description: 1000 } as const;

export interface Plan {
  readonly name: string;
  readonly kind: Kind;
  readonly channelId: Snowflake | null;
  readonly location: string;
  /** As the browser's field for a time writes it. */
  readonly starts: string;
  /** Empty for what has no end. */
  readonly ends: string;
  readonly repeat: Repeat;
  readonly description: string;
  /** A data URL, the hash of what is there, or null. */
  readonly image: string | null;
}

/** Something new begins with the next full hour that is not too near. */
export function newPlan(kind: Kind, channelId: Snowflake | null, now: Date): Plan {
  const starts = new Date(Math.ceil(now.getTime() / HOUR_MS + 1) * HOUR_MS);
  const plan: Plan = { name: "", kind, channelId, location: "", starts: toField(starts), ends: "", repeat: "once", description: "", image: null };
  return moved(plan, kind, channelId);
}

/** The same in another place; elsewhere it has an end. */
export function moved(plan: Plan, kind: Kind, channelId: Snowflake | null): Plan {
  const lacksEnd = kind === ELSEWHERE && plan.ends === "" && plan.starts !== "";
  const ends = lacksEnd ? toField(new Date(new Date(plan.starts).getTime() + HOUR_MS)) : plan.ends;
  return { ...plan, kind, channelId, ends };
}

export function planOf(event: ScheduledEvent): Plan {
  return {
    name: event.name,
    kind: kindOf(event),
    channelId: event.channel_id,
    location: event.entity_metadata?.location ?? "",
    starts: toField(new Date(event.scheduled_start_time)),
    ends: event.scheduled_end_time === null ? "" : toField(new Date(event.scheduled_end_time)),
    repeat: repeatOf(event.recurrence_rule),
    description: event.description ?? "",
    image: event.image,
  };
}

export type Lacking = Readonly<Partial<Record<"name" | "location" | "starts" | "ends", boolean>>>;

/** What has to be said before it can be sent. */
export function lacks({ name, kind, location, starts, ends }: Plan): Lacking {
  const isElsewhere = kind === ELSEWHERE;
  return {
    ...(name.trim() === "" && { name: true }),
    ...(isElsewhere && location.trim() === "" && { location: true }),
    ...(starts === "" && { starts: true }),
    ...(ends === "" ? isElsewhere && { ends: true } : ends <= starts && { ends: true }),
  };
}

/** What is sent of a plan that is not known yet. */
export function creationOf(plan: Plan): CreateScheduledEventInput {
  return {
    name: plan.name.trim(),
    privacy_level: 2,
    ...placeOf(plan),
    ...timesOf(plan),
    recurrence_rule: ruleOf(plan.repeat, new Date(plan.starts)),
    description: plan.description.trim() || null,
    ...(plan.image !== null && { image: plan.image }),
  };
}

/** Only what was changed: what goes on already keeps the rest. */
export function changesOf(before: Plan, after: Plan): ModifyScheduledEventInput {
  const differs = (...names: readonly (keyof Plan)[]) => names.some((name) => before[name] !== after[name]);
  return {
    ...(differs("name") && { name: after.name.trim() }),
    ...(differs("kind", "channelId", "location") && placeOf(after)),
    ...(differs("starts") && { scheduled_start_time: isoOf(after.starts) }),
    ...(differs("ends") && { scheduled_end_time: after.ends === "" ? null : isoOf(after.ends) }),
    ...((differs("repeat") || (differs("starts") && after.repeat !== "once")) && { recurrence_rule: ruleOf(after.repeat, new Date(after.starts)) }),
    ...(differs("description") && { description: after.description.trim() || null }),
    ...(differs("image") && { image: after.image }),
  };
}

function placeOf({ kind, channelId, location }: Plan): Pick<CreateScheduledEventInput, "entity_type" | "channel_id" | "entity_metadata"> {
  const isElsewhere = kind === ELSEWHERE;
  return { entity_type: kind, channel_id: isElsewhere ? null : channelId, entity_metadata: isElsewhere ? { location: location.trim() } : null };
}

function timesOf({ starts, ends }: Plan): Pick<CreateScheduledEventInput, "scheduled_start_time" | "scheduled_end_time"> {
  return { scheduled_start_time: isoOf(starts), scheduled_end_time: ends === "" ? null : isoOf(ends) };
}

const isoOf = (field: string): string => new Date(field).toISOString();
