/** When backups are made by themselves: the settings of the instance that say so. */
import type { Client } from "../../rest/client";
import type { SettingState } from "../../wire/types";

export const EVERY = ["never", "daily", "weekly"] as const;
export type Every = (typeof EVERY)[number];

export interface Schedule {
  readonly directory: string;
  readonly every: Every;
  /** In UTC. */
  readonly hour: number;
  readonly keep: number;
}

type Name = keyof Schedule;

const NAMES = ["directory", "every", "hour", "keep"] as const satisfies readonly Name[];
const HOURS = 24;
const KEPT = [3, 7, 14, 30, 60, 90];

export interface Known {
  readonly schedule: Schedule;
  /** What stands in the configuration. */
  readonly fixed: ReadonlySet<Name>;
}

function isEvery(value: unknown): value is Every {
  return EVERY.some((one) => one === value);
}

export function knownFrom(settings: readonly SettingState[]): Known {
  const of = (name: Name) => settings.find((setting) => setting.name === `backup.${name}`);
  const every = of("every")?.value;
  return {
    schedule: {
      directory: String(of("directory")?.value ?? ""),
      every: isEvery(every) ? every : "never",
      hour: Number(of("hour")?.value ?? 0),
      keep: Number(of("keep")?.value ?? 1),
    },
    fixed: new Set(NAMES.filter((name) => of(name)?.fixed !== false)),
  };
}

export async function keep(client: Client, { fixed }: Known, wanted: Schedule): Promise<void> {
  const free = NAMES.filter((name) => !fixed.has(name));
  const settings = Object.fromEntries(free.map((name) => [`backup.${name}`, wanted[name]]));
  if (free.length > 0) await client.call("PATCH /instance/settings", { body: { settings } });
}

/** The hours of a day as the reader's clock shows them, in its order; each is worth an hour of UTC. */
export function hoursOf(language: string, day = new Date()): readonly { value: number; label: string }[] {
  const shown = new Intl.DateTimeFormat(language, { timeStyle: "short" });
  return Array.from({ length: HOURS }, (_, hour) => {
    const moment = new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour);
    return { value: moment.getUTCHours(), label: shown.format(moment) };
  });
}

/** Numbers one may choose, the present one among them. */
export function keptOf(now: number): readonly number[] {
  return [...new Set([...KEPT, now])].sort((one, other) => one - other);
}
