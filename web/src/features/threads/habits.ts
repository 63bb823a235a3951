/** The habits of threads that can be chosen: after how long they sleep, and how slow they are. */
import type { StartThreadInput } from "../../wire/types";
import type { App } from "../app";
import { durationInWords } from "../composer/slowness.svelte";
import { SLOW_MODES } from "../slowModes";

export type Minutes = NonNullable<StartThreadInput["auto_archive_duration"]>;

export const USUAL: Minutes = 4320;
const SLEEPS: readonly Minutes[] = [60, 1440, 4320, 10080];
const HOUR = 60;
const DAY = 24 * HOUR;

type Speaking = Pick<App, "speech">;

/** After how long without a word a thread sleeps. */
export function sleeps({ speech }: Speaking): readonly { readonly value: Minutes; readonly label: string }[] {
  const said = (minutes: number) => {
    const unit = minutes < DAY ? "hour" : "day";
    return new Intl.NumberFormat(speech.language, { style: "unit", unit, unitDisplay: "long" }).format(minutes / (unit === "day" ? DAY : HOUR));
  };
  return SLEEPS.map((value) => ({ value, label: said(value) }));
}

export function slowModes({ speech }: Speaking): readonly { readonly value: number; readonly label: string }[] {
  return SLOW_MODES.map((value) => ({ value, label: value === 0 ? speech.say("guild.channel.slowOff") : durationInWords(value, speech.language) }));
}

/** The nearest of those there are; other clients may set others. */
export function asMinutes(given: number | undefined): Minutes {
  return SLEEPS.find((one) => one === given) ?? USUAL;
}
