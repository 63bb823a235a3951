/** What a file is by its name: which drawing stands for it, and whether it can be read as text. */
import { File as Sheet, FileArchive, FileBox, FileCode, FileImage, FileMusic, FileSpreadsheet, FileText, FileVideoCamera } from "lucide";
import { ALIASES, LANGUAGES } from "../../../markdown/languages";
import type { Drawing } from "../../../ui/icons";
import type { Attachment } from "../../../wire/types";

/** Longer texts are not read into the page. */
const READABLE_BYTES = 256 * 1024;

const TEXTS: ReadonlySet<string> = new Set(["txt", "log", "md", "csv", "tsv", "srt", "vtt", "conf", "cfg", "env", "lock"]);
const DRAWINGS: readonly (readonly [RegExp, Drawing])[] = [
  [/^(zip|tar|gz|bz2|xz|zst|7z|rar)$/, FileArchive],
  [/^(pdf|doc|docx|odt|rtf|epub)$/, FileText],
  [/^(csv|tsv|xls|xlsx|ods)$/, FileSpreadsheet],
  [/^(svg|psd|ai|xcf|heic|tiff?)$/, FileImage],
  [/^(mp3|wav|flac|ogg|opus|m4a|aac)$/, FileMusic],
  [/^(mp4|mov|mkv|webm|avi)$/, FileVideoCamera],
  [/^(stl|obj|3mf|step|gltf|glb|blend|jar|apk|exe|iso|deb|rpm)$/, FileBox],
];

export function extensionOf(filename: string): string {
  return /\.([^.]+)$/.exec(filename)?.[1]?.toLowerCase() ?? "";
}

/** The language its text is coloured in; undefined for plain text. */
export function languageOf(filename: string): string | undefined {
  const extension = extensionOf(filename);
  const language = ALIASES[extension] ?? extension;
  return LANGUAGES.has(language) ? language : undefined;
}

export function isReadable({ filename, size, content_type = "" }: Attachment): boolean {
  if (size > READABLE_BYTES) return false;
  const isText = content_type.startsWith("text/") || /^application\/(json|xml|javascript)/.test(content_type);
  return isText || TEXTS.has(extensionOf(filename)) || languageOf(filename) !== undefined;
}

export function drawingOfFile(filename: string): Drawing {
  const extension = extensionOf(filename);
  const found = DRAWINGS.find(([pattern]) => pattern.test(extension));
  if (found) return found[1];
  if (TEXTS.has(extension)) return FileText;
  return languageOf(filename) === undefined ? Sheet : FileCode;
}
