/** How the parts of embeds stand: fields side by side, and pictures of one link together. */
import type { Embed, EmbedField } from "../../../wire/types";

const COLUMNS = 12;
const BESIDE = 3;
/** As many as a message shows. */
const MOST = 10;
/** All other kinds came from a link. */
const WRITTEN: ReadonlySet<string> = new Set(["rich", "poll_result"]);

/** How many of twelve columns each field gets: up to three inline ones share a row. */
export function columnsOf(fields: readonly EmbedField[]): readonly number[] {
  const spans: number[] = [];
  let row: number[] = [];
  const end = () => {
    for (const at of row) spans[at] = COLUMNS / row.length;
    row = [];
  };
  fields.forEach(({ inline }, at) => {
    if (!inline) {
      end();
      spans[at] = COLUMNS;
    } else {
      row.push(at);
      if (row.length === BESIDE) end();
    }
  });
  end();
  return spans;
}

/** Those of bots and of the server itself, without what came from links. */
export function written(embeds: readonly Embed[]): readonly Embed[] {
  return embeds.filter(({ type }) => WRITTEN.has(type));
}

export interface Together {
  readonly embed: Embed;
  readonly images: readonly NonNullable<Embed["image"]>[];
}

/** Written embeds with the same address that follow one another are one with several pictures. */
export function together(embeds: readonly Embed[]): readonly Together[] {
  const all: { embed: Embed; images: NonNullable<Embed["image"]>[] }[] = [];
  for (const embed of embeds.slice(0, MOST)) {
    const last = all.at(-1);
    if (last !== undefined && embed.url !== undefined && embed.url === last.embed.url && embed.type === "rich" && embed.image) {
      last.images.push(embed.image);
    } else all.push({ embed, images: embed.image ? [embed.image] : [] });
  }
  return all;
}
