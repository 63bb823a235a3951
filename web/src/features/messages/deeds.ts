/** What is done with messages. */
import type { Anchor } from "../../ui/layers.svelte";
import type { Message, PartialEmoji, Snowflake } from "../../wire/types";
import { isAfter } from "../../world/ids";
import { sameEmoji } from "../../world/messages";
import type { World } from "../../world/world";
import type { App } from "../app";
import { attempt } from "../attempt";
import { pathTo } from "../here.svelte";
import { pickEmoji } from "../pickers/pickers";
import { hasFlag, SUPPRESS_EMBEDS } from "./kinds";
import type { List } from "./list.svelte";
import { rememberReaction } from "./recents";

export interface Scene {
  readonly app: App;
  readonly world: World;
}

const of = ({ channel_id, id }: Message) => ({ channel_id, message_id: id });

/** An emoji as addresses name it. */
export function emojiIn({ id, name }: PartialEmoji): string {
  return id === null ? (name ?? "") : `${name ?? ""}:${id}`;
}

/** Seen at once; taken back where the server says no. */
export async function react({ app, world }: Scene, message: Message, emoji: PartialEmoji, add: boolean): Promise<void> {
  const { channel_id, id: message_id } = message;
  const now = world.messages.find(channel_id, message_id)?.reactions?.find((one) => sameEmoji(one.emoji, emoji));
  if ((now?.me ?? false) === add) return;
  const event = { channel_id, message_id, emoji, user_id: world.people.me ?? "" } as never;
  const [does, undoes] = add ? (["MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE"] as const) : (["MESSAGE_REACTION_REMOVE", "MESSAGE_REACTION_ADD"] as const);
  world.messages.on[does]?.(event);
  const verb = add ? "PUT" : "DELETE";
  const done = await attempt(app, () =>
    app.api.client.call(`${verb} /channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me`, { ...of(message), emoji: emojiIn(emoji) }),
  );
  if (!done) world.messages.on[undoes]?.(event);
  else if (add) rememberReaction(app.preferences, emoji);
}

/** With whatever emoji one picks. */
export async function addReaction(scene: Scene, message: Message, at: Anchor): Promise<void> {
  const emoji = await pickEmoji(scene.app, at, message.channel_id);
  if (emoji !== undefined) await react(scene, message, emoji, true);
}

export function clearReactions({ app }: Scene, message: Message): Promise<boolean> {
  return attempt(app, () => app.api.client.call("DELETE /channels/{channel_id}/messages/{message_id}/reactions", of(message)));
}

export async function remove({ app }: Scene, message: Message, isSure: boolean): Promise<void> {
  const { say } = app.speech;
  const sure = isSure || (await app.layers.ask({ title: say("messages.deleteTitle"), text: say("messages.deleteText"), action: say("messages.delete"), danger: true }));
  if (sure) await attempt(app, () => app.api.client.call("DELETE /channels/{channel_id}/messages/{message_id}", of(message)));
}

export async function pin({ app }: Scene, message: Message): Promise<void> {
  const verb = message.pinned ? "DELETE" : "PUT";
  await attempt(app, () => app.api.client.call(`${verb} /channels/{channel_id}/messages/pins/{message_id}`, of(message)));
}

export async function publish({ app }: Scene, message: Message): Promise<void> {
  const done = await attempt(app, () => app.api.client.call("POST /channels/{channel_id}/messages/{message_id}/crosspost", of(message)));
  if (done) app.layers.toast({ text: app.speech.say("messages.published"), kind: "good" });
}

export function hideEmbeds({ app }: Scene, message: Message): Promise<boolean> {
  const flags = hasFlag(message, SUPPRESS_EMBEDS) ? message.flags : message.flags | SUPPRESS_EMBEDS;
  return attempt(app, () => app.api.client.call("PATCH /channels/{channel_id}/messages/{message_id}", { ...of(message), body: { flags } }));
}

/** The message before is the last one that is read then. */
export async function leaveUnread({ app, world }: Scene, list: List, message: Message): Promise<void> {
  const before = list.messages.findLast(({ id }) => isAfter(message.id, id));
  const after = list.messages.filter((one) => !isAfter(message.id, one.id) && !list.isMine(one));
  const mentions = after.filter((one) => world.callsMe(one, list.guildId)).length;
  await attempt(app, () => list.unread.keep(message, before?.id ?? String(BigInt(message.id) - 1n), mentions));
}

export function linkTo(guildId: Snowflake | undefined, { channel_id, id }: Message): string {
  return location.origin + pathTo(guildId ?? null, channel_id, id);
}

export async function copy(app: App, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    app.layers.toast({ text: app.speech.say("app.copied") });
  } catch (problem) {
    if (!(problem instanceof DOMException)) throw problem;
    app.layers.toast({ text: app.speech.say("app.copyFailed"), kind: "bad" });
  }
}

export function speak(text: string, language: string): void {
  const words = new SpeechSynthesisUtterance(text);
  words.lang = language;
  speechSynthesis.cancel();
  speechSynthesis.speak(words);
}
