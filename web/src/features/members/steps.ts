/** Where the arrow keys lead in a list of members: from person to person, past the names of groups. */
import type { Row } from "../../world/memberlists";

const PAGE = 10;

const isPerson = (row: Row | undefined) => row === undefined || "user" in row;

/** The first person from a row on, in a direction; null where there is none. */
function person(rows: readonly (Row | undefined)[], from: number, step: 1 | -1): number | null {
  for (let at = from; at >= 0 && at < rows.length; at += step) if (isPerson(rows[at])) return at;
  return null;
}

/** Null for keys that lead nowhere. */
export function stepFrom(at: number, key: string, rows: readonly (Row | undefined)[]): number | null {
  const last = rows.length - 1;
  if (key === "ArrowDown") return person(rows, at + 1, 1);
  if (key === "ArrowUp") return person(rows, at - 1, -1);
  if (key === "PageDown") return person(rows, Math.min(last, at + PAGE), 1) ?? person(rows, last, -1);
  if (key === "PageUp") return person(rows, Math.max(0, at - PAGE), -1) ?? person(rows, 0, 1);
  if (key === "Home") return person(rows, 0, 1);
  return key === "End" ? person(rows, last, -1) : null;
}
