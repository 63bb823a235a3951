/** A text as the parts before, in and after what a rule found in it. */

export interface Marked {
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

/** Rules fold the case of what they look for; what is not there again, as in a name, marks nothing. */
export function marked(text: string, found: string | null | undefined): Marked {
  const place = found ? text.toLocaleLowerCase().indexOf(found.toLocaleLowerCase()) : -1;
  if (!found || place < 0) return { before: text, found: "", after: "" };
  const end = place + found.length;
  return { before: text.slice(0, place), found: text.slice(place, end), after: text.slice(end) };
}
