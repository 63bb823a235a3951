/** The default picture of whoever has none: bands of one hue, cut by a fault and slipped, drawn from the id. */

/** A small repeatable generator (mulberry32), so that every device draws the same picture. */
function dice(seed: string): () => number {
  let state = 2166136261;
  for (const letter of seed) state = Math.imul(state ^ letter.charCodeAt(0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const HUES = [10, 45, 80, 125, 160, 195, 235, 285, 330];
const SHADES: readonly (readonly [number, number])[] = [
  [0.88, 0.05],
  [0.76, 0.095],
  [0.6, 0.115],
  [0.44, 0.085],
  [0.3, 0.045],
];

export interface Strata {
  /** Of the whole picture, in degrees. */
  hue: number;
  back: string;
  tilt: number;
  slip: number;
  left: string;
  right: string;
  bands: readonly { path: string; fill: string }[];
}

/** A picture of 40 by 40. */
export function strata(id: string): Strata {
  const roll = dice(id);
  const hue = HUES[Math.floor(roll() * HUES.length)] ?? 45;
  const from = Math.floor(roll() * SHADES.length);
  const tilt = Math.round(roll() * 50 - 25);
  const top = 17 + roll() * 10;
  const foot = 12 + roll() * 14;
  const bands = Array.from({ length: 6 }, (_, band) => {
    const [light, chroma] = SHADES[(from + band) % SHADES.length] ?? [0.6, 0.1];
    const y = (-16 + band * 9 + roll() * 3).toFixed(1);
    const swell = (roll() * 6 - 3).toFixed(1);
    const turn = Math.round(hue + roll() * 40 - 20);
    return { path: `M-20 ${y}q20 ${swell} 40 0t40 0v60h-80z`, fill: `oklch(${light} ${chroma} ${turn})` };
  });
  return {
    hue,
    back: `oklch(0.9 0.06 ${hue})`,
    tilt,
    slip: 4 + roll() * 2,
    left: `M-10-10H${top.toFixed(1)}L${foot.toFixed(1)} 50H-10z`,
    right: `M${(top + 1.1).toFixed(1)}-10H50V50H${(foot + 1.1).toFixed(1)}z`,
    bands,
  };
}

/** The same as the address of an image: one element in the page, however long the list it stands in. */
export function strataUrl(id: string): string {
  const { back, bands, tilt, slip, left, right } = strata(id);
  const rock = bands.map(({ path, fill }) => `<path d="${path}" fill="${fill}"/>`).join("");
  const side = (clip: string, moved: string) =>
    `<g clip-path="url(#${clip})"><g transform="${moved}rotate(${tilt} 20 20)">${rock}</g></g>`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><clipPath id="l"><path d="${left}"/></clipPath>` +
    `<clipPath id="r"><path d="${right}"/></clipPath><rect width="40" height="40" fill="${back}"/>` +
    `${side("l", "")}${side("r", `translate(0 ${slip}) `)}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
