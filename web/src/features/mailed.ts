/** The token of a link from a letter. It stands behind the #, which no server is sent. */
export function mailedToken(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, "")).get("token") ?? "";
}
