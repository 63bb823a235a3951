/** Pictures and recordings of messages as they are shown: from files and from embeds alike. */
import type { Attachment, EmbedMedia } from "../../wire/types";

const HIDDEN = 1 << 3;
const ANIMATED = 1 << 5;
const HIDDEN_NAME = "SPOILER_";

/** Vector drawings can hold anything, so they are files and never pictures. */
const PICTURE = /^image\/(?!svg)/;
const FILM = /^video\//;
const SOUND = /^audio\//;

export interface Media {
  readonly url: string;
  /** On our own server, in any size. */
  readonly proxyUrl: string;
  readonly width: number;
  readonly height: number;
  readonly name: string;
  readonly description: string;
  readonly isAnimated: boolean;
  readonly isHidden: boolean;
  readonly placeholder: string | undefined;
}

export interface Sorted {
  readonly pictures: readonly Attachment[];
  readonly films: readonly Attachment[];
  readonly sounds: readonly Attachment[];
  readonly files: readonly Attachment[];
}

const KINDS = { pictures: PICTURE, films: FILM, sounds: SOUND } as const;

/** A picture whose size nobody knows is shown as a file. */
function kindOf({ content_type = "", width }: Attachment): keyof Sorted {
  if (KINDS.pictures.test(content_type)) return width === undefined ? "files" : "pictures";
  return KINDS.films.test(content_type) ? "films" : KINDS.sounds.test(content_type) ? "sounds" : "files";
}

export function sortedOut(attachments: readonly Attachment[]): Sorted {
  const of = (kind: keyof Sorted) => attachments.filter((one) => kindOf(one) === kind);
  return { pictures: of("pictures"), films: of("films"), sounds: of("sounds"), files: of("files") };
}

export function isHidden({ filename, flags = 0 }: Attachment): boolean {
  return (flags & HIDDEN) !== 0 || filename.startsWith(HIDDEN_NAME);
}

/** What a file is called, without what makes it a spoiler. */
export function shownName({ filename, title }: Attachment): string {
  const bare = filename.startsWith(HIDDEN_NAME) ? filename.slice(HIDDEN_NAME.length) : filename;
  if (title === undefined) return bare;
  const extension = /\.[^.]+$/.exec(bare)?.[0] ?? "";
  return title.endsWith(extension) ? title : title + extension;
}

export function mediaOf(attachment: Attachment): Media {
  return {
    url: attachment.url,
    proxyUrl: attachment.proxy_url,
    width: attachment.width ?? 0,
    height: attachment.height ?? 0,
    name: shownName(attachment),
    description: attachment.description ?? "",
    isAnimated: ((attachment.flags ?? 0) & ANIMATED) !== 0,
    isHidden: isHidden(attachment),
    placeholder: attachment.placeholder,
  };
}

/** Undefined for what our server has not fetched: nothing is asked of strangers. */
export function mediaOfEmbed(media: EmbedMedia | undefined): Media | undefined {
  if (media?.proxy_url === undefined || media.width === undefined || media.height === undefined) return undefined;
  return {
    url: media.url ?? media.proxy_url,
    proxyUrl: media.proxy_url,
    width: media.width,
    height: media.height,
    name: "",
    description: media.description ?? "",
    isAnimated: ((media.flags ?? 0) & ANIMATED) !== 0,
    isHidden: false,
    placeholder: media.placeholder,
  };
}
