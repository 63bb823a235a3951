/** The hue of a colour: themes choose for themselves how light and how strong the colours of people may be. */

/** Below this a colour is a grey. */
const GREY = 0.02;

/** A channel of sRGB as the amount of light it stands for. */
function light(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** In degrees of OKLCH, of a colour in 24 bits; undefined for black, white and greys. See https://bottosson.github.io/posts/oklab/. */
export function hue(bits: number): number | undefined {
  const [r, g, b] = [light((bits >> 16) & 255), light((bits >> 8) & 255), light(bits & 255)] as const;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const across = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const along = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  if (Math.hypot(across, along) < GREY) return undefined;
  return Math.round((Math.atan2(along, across) * 180) / Math.PI + 360) % 360;
}
