/** The hues a role may have at a press; themes choose how light they are. */

export const PRESETS = [
  { name: "rose", bits: 0xdb8a96 },
  { name: "clay", bits: 0xd9906f },
  { name: "ochre", bits: 0xc69e58 },
  { name: "moss", bits: 0x96b069 },
  { name: "fern", bits: 0x68b88f },
  { name: "tide", bits: 0x49b8b8 },
  { name: "sky", bits: 0x61afda },
  { name: "iris", bits: 0x9e9ce1 },
  { name: "plum", bits: 0xc88ec3 },
] as const;

export type Preset = (typeof PRESETS)[number]["name"];

const HEX = /^#?([0-9a-f]{6})$/i;

export function toHex(bits: number): string {
  return `#${bits.toString(16).padStart(6, "0")}`;
}

/** Undefined for what is no colour. */
export function fromHex(text: string): number | undefined {
  const digits = HEX.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}
