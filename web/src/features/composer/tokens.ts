/** The word that is being written, where it may be completed. */

export type Trigger = "person" | "channel" | "emoji";

export interface Token {
  readonly trigger: Trigger;
  /** What follows the sign. */
  readonly query: string;
  /** Where the sign stands. */
  readonly from: number;
  readonly to: number;
}

const SIGNS: Readonly<Record<string, Trigger>> = { "@": "person", "#": "channel", ":": "emoji" };

const NAME = /(?:^|[\s([{"'*_~|>])(?<sign>[@#])(?<query>[^\s@#]{0,32})$/;
/** One letter after a colon is a smile more often than an emoji. */
const EMOJI = /(?:^|[^\w:])(?<sign>:)(?<query>[\w+-]{2,32})$/;

const LOOK_BACK = 40;

export function tokenAt(text: string, caret: number): Token | undefined {
  const before = text.slice(Math.max(0, caret - LOOK_BACK), caret);
  const { sign, query } = (NAME.exec(before) ?? EMOJI.exec(before))?.groups ?? {};
  if (sign === undefined || query === undefined) return undefined;
  const trigger = SIGNS[sign];
  return trigger === undefined ? undefined : { trigger, query, from: caret - query.length - 1, to: caret };
}
