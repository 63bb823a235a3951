/** Words and patterns as they are typed or brought along. */

/** One for each line; words are told apart by commas too. */
export function split(text: string, isCode: boolean): readonly string[] {
  const parts = text.split(isCode ? /\n/ : /[\n,]/);
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
