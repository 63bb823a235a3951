/** What a message's ids and times are called, asked from whoever knows the world and the reader's language. */
import type { TimeStyle } from "./nodes";

export interface Named {
  readonly name: string;
}

/** Somebody, or a role that people have. */
export interface Mentioned extends Named {
  /** Whether it is the reader, or a role of the reader's. */
  readonly isMe: boolean;
}

export interface Role extends Mentioned {
  /** Of its colour, in degrees; the theme sets how light and how strong it is. Undefined for none and for greys. */
  readonly hue: number | undefined;
}

export interface Channel extends Named {
  /** Where it is in this client; begins with `/`. */
  readonly href: string;
  /** Which icon it has. */
  readonly kind: string;
}

export interface Words {
  readonly spoiler: string;
  readonly copy: string;
  /** Of the switch that breaks the long lines of a block of code. */
  readonly wrap: string;
  readonly unknownUser: string;
  readonly unknownRole: string;
  readonly unknownChannel: string;
  readonly places: Readonly<Record<string, string>>;
}

export interface Names {
  readonly words: Words;
  user(id: string): Mentioned | undefined;
  role(id: string): Role | undefined;
  channel(id: string): Channel | undefined;
  time(at: number, style: TimeStyle): string;
}

export interface Context extends Names {
  /** Whether spoilers are shown at once. */
  readonly isRevealed: boolean;
  /** Whether the reader is among those that `@everyone` or `@here` of this message calls. */
  readonly isCalled: boolean;
  /** The picture of a custom emoji, under our own address. */
  emoji(id: string, isAnimated: boolean): string;
  /** The picture of a character, where the reader's font is not to draw it. */
  picture(emoji: string): string | undefined;
  /** The whole date, for a tooltip. */
  date(at: number): string;
}
