/** What applications build messages and forms of, as the server has checked it. It tells them as plain records; a type that is not known here is not shown. */
import type { Attachment, Message, PartialEmoji, Snowflake } from "../../wire/types";

interface Piece<Type extends number> {
  readonly type: Type;
  readonly id: number;
}

interface Control<Type extends number> extends Piece<Type> {
  readonly custom_id: string;
  readonly required?: boolean;
}

export interface ComponentEmoji {
  readonly id?: Snowflake | null;
  readonly name?: string | null;
  readonly animated?: boolean | null;
}

interface ShownMedia {
  readonly id: Snowflake;
  readonly url: string;
  readonly proxy_url: string;
  readonly attachment_id?: Snowflake;
  readonly content_type?: string;
  readonly width?: number;
  readonly height?: number;
}

export interface Shown {
  readonly media: ShownMedia;
  readonly description?: string | null;
  readonly spoiler?: boolean | null;
}

export interface Button extends Piece<2> {
  readonly style: number;
  readonly custom_id?: string;
  readonly label?: string;
  readonly emoji?: ComponentEmoji;
  readonly url?: string;
  readonly disabled?: boolean;
}

export interface Option {
  readonly label: string;
  readonly value: string;
  readonly description?: string | null;
  readonly emoji?: ComponentEmoji | null;
  readonly default?: boolean | null;
}

interface Selecting<Type extends number> extends Control<Type> {
  readonly placeholder?: string;
  readonly min_values?: number;
  readonly max_values?: number;
  readonly disabled?: boolean;
}

export interface StringSelect extends Selecting<3> {
  readonly options: readonly Option[];
}

export interface EntitySelect extends Selecting<5 | 6 | 7 | 8> {
  readonly default_values?: readonly { readonly id: Snowflake }[];
  readonly channel_types?: readonly number[];
}

export type Select = StringSelect | EntitySelect;

export interface TextInput extends Control<4> {
  readonly style: number;
  readonly label?: string;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly value?: string;
  readonly placeholder?: string;
}

export interface Upload extends Control<19> {
  readonly min_values?: number;
  readonly max_values?: number;
  readonly file_types?: readonly string[];
}

export interface Radio extends Control<21> {
  readonly options: readonly Option[];
}

export interface Checks extends Control<22> {
  readonly options: readonly Option[];
  readonly min_values?: number;
  readonly max_values?: number;
}

export interface Check extends Control<23> {
  readonly default?: boolean;
}

export type Field = TextInput | Select | Upload | Radio | Checks | Check;

export interface Text extends Piece<10> {
  readonly content: string;
}

export interface Label extends Piece<18> {
  readonly label: string;
  readonly description?: string;
  readonly component: Field;
}

interface Row<Inner> extends Piece<1> {
  readonly components: readonly Inner[];
}

export interface Thumbnail extends Piece<11>, Shown {}

export interface Section extends Piece<9> {
  readonly components: readonly Text[];
  readonly accessory: Button | Thumbnail;
}

export interface Gallery extends Piece<12> {
  readonly items: readonly Shown[];
}

interface OwnFile extends Piece<13> {
  readonly file: ShownMedia;
  readonly spoiler?: boolean;
}

interface Separator extends Piece<14> {
  readonly divider?: boolean;
  readonly spacing?: number;
}

export interface Container extends Piece<17> {
  readonly components: readonly Part[];
  readonly accent_color?: number | null;
  readonly spoiler?: boolean;
}

/** Of a message. */
export type Part = Row<Button | Select> | Section | Text | Gallery | OwnFile | Separator | Container;
/** Of a form. */
export type Entry = Row<TextInput> | Text | Label;

export const LINK = 5;
export const PARAGRAPH = 2;
const HIDDEN = 1 << 3;

/** An emoji as the rest of the client has it. */
export function emojiOf({ id, name, animated }: ComponentEmoji): PartialEmoji {
  return { id: id ?? null, name: name ?? null, animated: animated === true };
}

/** Addresses of the web, and no others. */
export function webAddress(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\//.test(url) ? url : undefined;
}

/** What a file of elsewhere is called. */
export function nameOfAddress(url: string): string {
  const last = new URL(url).pathname.split("/").at(-1) ?? "";
  return safelyDecoded(last) || url;
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (problem) {
    if (!(problem instanceof URIError)) throw problem;
    return text;
  }
}

/** A picture of elsewhere that our server has fetched, as if it were a file of the message. */
function fetchedOf(media: ShownMedia): Attachment | undefined {
  if (media.attachment_id !== undefined || media.proxy_url === media.url || media.width === undefined) return undefined;
  return { ...media, filename: nameOfAddress(media.url), size: 0 };
}

/** The file of the message or the picture that is shown, as it is shown there; undefined for what lies elsewhere. */
export function fileOf({ attachments }: Pick<Message, "attachments">, { media, description, spoiler }: Shown): Attachment | undefined {
  const file = attachments.find(({ id }) => id === media.attachment_id) ?? fetchedOf(media);
  if (file === undefined) return undefined;
  const flags = (file.flags ?? 0) | (spoiler === true ? HIDDEN : 0);
  return { ...file, flags, ...(description ? { description } : {}) };
}

/** How many are to be chosen; `optional` leaves the choice of none. */
export function boundsOf({ min_values, max_values, required }: Pick<Select, "min_values" | "max_values" | "required">): { readonly least: number; readonly most: number } {
  return { least: required === false ? 0 : (min_values ?? 1), most: max_values ?? 1 };
}

/** What is chosen before anybody has chosen. */
export function chosenAtFirst(select: Select): readonly string[] {
  if (select.type === 3) return select.options.filter((option) => option.default === true).map(({ value }) => value);
  return select.default_values?.map(({ id }) => id) ?? [];
}
