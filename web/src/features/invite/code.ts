/** The code of an invite, from a whole link or from the bare code. */
export function codeOf(text: string): string {
  const bare = text.trim().replace(/[?#].*$/, "").replace(/\/+$/, "");
  return bare.slice(bare.lastIndexOf("/") + 1);
}
