/** What is shown of a post in a list of posts. */
import type { Attachment, ForumTag, Message, Snowflake } from "../../wire/types";
import type { KnownChannel } from "../../world/channels";
import { momentOf } from "../../world/ids";
import type { World } from "../../world/world";
import type { App } from "../app";
import { isHidden, sortedOut } from "../content/media";
import { Clock } from "../messages/clock";
import { inOneLine } from "../messages/oneLine";
import { nameOf } from "../people/names";

export interface Shown {
  readonly author: string;
  readonly line: string;
  readonly tags: readonly ForumTag[];
  readonly picture: Attachment | undefined;
  readonly messages: number;
  /** When somebody spoke there last. */
  readonly last: string;
  readonly isUnread: boolean;
}

export function shownOf(app: App, world: World, post: KnownChannel, first: Message | undefined, tags: readonly ForumTag[]): Shown {
  const { id, guild_id, owner_id = "", applied_tags = [] } = post;
  const isHeard = !world.relationships.isUnheard(owner_id);
  const last: Snowflake = world.channels.lastIn(id) ?? id;
  return {
    author: nameOf(world, owner_id, guild_id, first?.author),
    line: first && isHeard ? inOneLine(app, world, first, guild_id) : "",
    tags: tags.filter((tag) => applied_tags.includes(tag.id)),
    picture: isHeard ? sortedOut(first?.attachments ?? []).pictures.find((one) => !isHidden(one)) : undefined,
    messages: world.threads.counted(id).messages,
    last: new Clock(app.speech.language).short(new Date(momentOf(last)).toISOString()),
    isUnread: world.isUnread(id) && !world.isMuted(id),
  };
}
