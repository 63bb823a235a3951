/** Who a message is by: a member as they are called here now, or who a webhook says it is. */
import type { Message, Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import { nameOf } from "../people/names";
import { avatarOf, memberAvatarOf } from "../pictures";

type Written = Pick<Message, "author" | "webhook_id">;

export function isMachine({ author, webhook_id }: Written): boolean {
  return author.bot || webhook_id !== undefined;
}

export function authorName(world: World, { author, webhook_id }: Written, guildId: Snowflake | undefined): string {
  return webhook_id === undefined ? nameOf(world, author.id, guildId, author) : author.username;
}

export function faceOf(world: World, { author, webhook_id }: Written, guildId: Snowflake | undefined, pixels: number): string | undefined {
  if (webhook_id !== undefined || guildId === undefined) return avatarOf(author, pixels);
  return memberAvatarOf(guildId, world.people.users.get(author.id) ?? author, world.people.member(guildId, author.id), pixels);
}
