/** A text as it was written, but for those it calls: they stand by their names. */
import type { Names } from "../../markdown/context";
import { mentionInWords } from "../../markdown/plain";

const KINDS = { "@": "user", "@!": "user", "@&": "role", "#": "channel" } as const;
const CALL = /<(@!?|@&|#)(\d+)>/g;

export function named(text: string, names: Names): string {
  return text.replace(CALL, (_, sign: keyof typeof KINDS, id: string) => mentionInWords({ type: KINDS[sign], id }, names));
}
