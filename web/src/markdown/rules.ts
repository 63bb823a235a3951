/** Which parts of the markdown mean something where: a message knows all of it, a status only emoji. */

export interface Rules {
  /** Bold, italic, underline, strike, inline code, escapes and timestamps. */
  readonly marks: boolean;
  readonly spoilers: boolean;
  /** Headings, subtext, lists and quotes. */
  readonly blocks: boolean;
  readonly fences: boolean;
  /** Users, roles, channels, everyone, commands and places. */
  readonly mentions: boolean;
  /** Addresses that are written out. */
  readonly links: boolean;
  /** Addresses behind other words. */
  readonly masked: boolean;
}

/** A status: nothing but emoji. */
export const STATUS: Rules = {
  marks: false,
  spoilers: false,
  blocks: false,
  fences: false,
  mentions: false,
  links: false,
  masked: false,
};
/** The words of a masked link: nothing that could be pressed itself. */
export const LABEL: Rules = { ...STATUS, marks: true };
/** An embed's title and the names of its fields. */
export const TITLE: Rules = { ...LABEL, spoilers: true };
/** A channel's topic. */
export const TOPIC: Rules = { ...TITLE, mentions: true, links: true, masked: true };
/** A message, an embed's description and the values of its fields. */
export const MESSAGE: Rules = { ...TOPIC, blocks: true, fences: true };
/** What somebody says of themselves. */
export const BIO: Rules = { ...MESSAGE, mentions: false };
