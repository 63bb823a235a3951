/** The shape of a voice message: its loudness over time, in as many bars as there is room for. */

const LEAST = 0.08;

/** Heights between 0 and 1; each bar is the loudest of what it stands for. */
export function bars(waveform: string, count: number): readonly number[] {
  const levels = Uint8Array.from(atob(waveform), (letter) => letter.charCodeAt(0));
  if (levels.length === 0) return Array.from({ length: count }, () => LEAST);
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * levels.length) / count);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * levels.length) / count));
    return Math.max(LEAST, ...[...levels.subarray(from, to)].map((level) => level / 255));
  });
}
