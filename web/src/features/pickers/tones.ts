/** An emoji in the tone of skin that somebody has chosen. */
import type { UnicodeEmoji } from "./unicode";

/** Zero is the yellow that is nobody's. */
export function toned({ char, tones }: UnicodeEmoji, tone: number): string {
  return tone === 0 ? char : (tones[tone - 1] ?? char);
}
