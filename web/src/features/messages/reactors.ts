/** Who reacted with an emoji: the first few, for those who only ask in passing. */
import type { Message, Reaction } from "../../wire/types";
import { nameOf } from "../people/names";
import { emojiIn, type Scene } from "./deeds";

const FEW = 5;

export async function whoReacted({ app, world }: Scene, message: Message, { emoji, count }: Reaction): Promise<string> {
  const { channel_id, id: message_id } = message;
  const asked = { channel_id, message_id, emoji: emojiIn(emoji), query: { limit: FEW } };
  const users = await app.api.client
    .call("GET /channels/{channel_id}/messages/{message_id}/reactions/{emoji}", asked)
    // Without names it is still an emoji and a number.
    .catch(() => []);
  const names = users.map((user) => nameOf(world, user.id, world.guildOf(channel_id), user));
  const rest = count - names.length;
  const all = rest > 0 ? [...names, app.speech.count("messages.others", rest)] : names;
  return new Intl.ListFormat(app.speech.language).format(all);
}
