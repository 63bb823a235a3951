/** Names of what is brought in, as the file was called and as they may be. */

const LONGEST = 32;
const SHORTEST = 2;

/** Letters, digits and underscores, as the server wants them. */
export function nameFrom(file: string): string {
  const plain = file.replace(/\.[^.]*$/, "").normalize("NFKD").replace(/[^\w]+/g, "_").replace(/^_+|_+$/g, "");
  return plain.slice(0, LONGEST).padEnd(SHORTEST, "_");
}
