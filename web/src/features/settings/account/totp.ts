/** The secret that an authenticator and the server share, and how it gets into the authenticator. */

const BYTES = 20;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export function newSecret(random: Uint8Array = crypto.getRandomValues(new Uint8Array(BYTES))): string {
  const bits = [...random].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => BASE32[parseInt(five, 2)] ?? "").join("");
}

/** What authenticators read out of a QR code. */
export function address(secret: string, place: string, name: string): string {
  const label = encodeURIComponent(`${place}:${name}`);
  return `otpauth://totp/${label}?${new URLSearchParams({ secret, issuer: place })}`;
}

/** In groups of four, which are easier to type. */
export function spaced(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}
