/** Lists that somebody puts together: their rows change places, come and go. */

/** One row a place up or down; the same list where there is no such place. */
export function moved<Row>(rows: readonly Row[], place: number, by: -1 | 1): readonly Row[] {
  const [one, other] = [rows[place], rows[place + by]];
  if (one === undefined || other === undefined) return rows;
  return rows.with(place, other).with(place + by, one);
}

export function dropped<Row>(rows: readonly Row[], place: number): readonly Row[] {
  return rows.filter((_, at) => at !== place);
}

/** What somebody wrote one below the other, without the blank lines. */
export function linesOf(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}
