/** Who a message is by: a member as they are called here now, or who a webhook says it is. */
import { nameOf, hueOf } from "../people/names";
import { avatarOf, memberAvatarOf } from "../pictures";
import type { Message, Snowflake } from "../../wire/types";
import type { World } from "../../world/world";

export interface Author {
  readonly name: string;
  readonly hue: number | undefined;
  readonly isMachine: boolean;
}

type Written = Pick<Message, "author" | "webhook_id">;

export function authorOf(world: World, { author, webhook_id }: Written, guildId: Snowflake | undefined): Author {
  if (webhook_id !== undefined) return { name: author.username, hue: undefined, isMachine: true };
  const name = nameOf(world, author.id, guildId, author);
  return { name, hue: hueOf(world, guildId, author.id), isMachine: author.bot === true };
}

export function faceOf(world: World, { author, webhook_id }: Written, guildId: Snowflake | undefined, pixels: number): string | undefined {
  if (webhook_id !== undefined || guildId === undefined) return avatarOf(author, pixels);
  return memberAvatarOf(guildId, world.people.users.get(author.id) ?? author, world.people.member(guildId, author.id), pixels);
}
