/** What can be set of a server's guide for its new members, and how that is sent. */
import type { ModifyServerGuideInput, NewMemberActionInput, ResourceChannel, ResourceChannelInput, ServerGuide, Snowflake } from "../../../wire/types";

export interface GuideValues {
  readonly enabled: boolean;
  readonly message: string;
  readonly authors: readonly Snowflake[];
  readonly actions: readonly NewMemberActionInput[];
  readonly resources: readonly ResourceChannelInput[];
  /** The picture above it: a hash until it is changed, then a data URL. */
  readonly header: string | null;
}

export function valuesOf(guide: ServerGuide | null, enabled: boolean, header: string | null): GuideValues {
  return {
    enabled,
    message: guide?.welcome_message?.message ?? "",
    authors: guide?.welcome_message?.author_ids ?? [],
    actions: guide?.new_member_actions.map((one) => ({ ...lineOf(one), action_type: one.action_type === 1 ? 1 : 0 })) ?? [],
    resources: guide?.resource_channels.map(lineOf) ?? [],
    header,
  };
}

/** All of it at once: the parts are checked against one another. */
export function linesOf({ enabled, message, authors, actions, resources }: GuideValues): ModifyServerGuideInput {
  const welcome_message = message.trim() === "" ? null : { message: message.trim(), author_ids: authors };
  return { enabled, welcome_message, new_member_actions: actions, resource_channels: resources };
}

/** A server's own emoji goes by its id alone. */
function lineOf({ channel_id, title, description, emoji }: ResourceChannel): ResourceChannelInput {
  const drawn = emoji === undefined || (emoji.id ?? emoji.name) === null ? null : emoji.id === null ? { name: emoji.name } : { id: emoji.id };
  return { channel_id, title, description, emoji: drawn };
}
