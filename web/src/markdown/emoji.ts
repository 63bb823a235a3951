/** Which characters are emoji, and when a message is nothing else. */
import type { Node } from "./nodes";

const ONE = String.raw`(?![©®™])(?=\p{Emoji})\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:[\u{E0020}-\u{E007E}]{2,8}\u{E007F})?`;

/** One emoji with all that belongs to it: flags, keys, tones of skin, families. A text selector makes it a letter. */
export const EMOJI = String.raw`(?:\p{Regional_Indicator}{1,2}|[#*0-9]\uFE0F?\u20E3|${ONE}(?:\u200D${ONE})*(?!\uFE0E))`;

const JUMBO_MOST = 27;

/** Whether the message is so few emoji, and nothing else, that they are shown large. */
export function isJumbo(nodes: readonly Node[]): boolean {
  const pictures = nodes.filter(({ type }) => type === "emoji" || type === "unicode");
  const isAll = nodes.every((node) => pictures.includes(node) || (node.type === "text" && node.text.trim() === ""));
  return isAll && pictures.length > 0 && pictures.length <= JUMBO_MOST;
}
