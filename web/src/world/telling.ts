/** Whether somebody wants to be told of a message: the rule by which the server pushes, for who is here. */
import type { Events, QuietHours, Snowflake } from "../wire/types";
import { isForMeAlone } from "./messages";
import { ALL, AS_ABOVE, MENTIONS } from "./notifications";
import { isThread, NO_MESSAGES, ONLY_MENTIONS } from "./threads";
import type { World } from "./world";

type Said = Events["MESSAGE_CREATE"];

const SILENT = 1 << 12;

export type Telling = "call" | "message";

function isSilent(message: Said): boolean {
  return (message.flags & SILENT) !== 0 || isForMeAlone(message);
}

/** Null for what is nobody's concern: one's own, the unheard, the muted, what came silently or at a quiet hour. */
export function tellingOf(world: World, message: Said, now: Date): Telling | null {
  const { guild_id, channel_id, author } = message;
  // Of a place one does not know one could be told nothing.
  if (guild_id !== undefined && !world.channels.byId.has(channel_id)) return null;
  if (world.isMine(message) || world.relationships.isUnheard(author.id) || isSilent(message)) return null;
  if (isQuiet(world.notifications.everywhere.quiet_hours, now)) return null;
  if (!isHeard(world, message)) return null;
  if (world.isMuted(channel_id) || (guild_id !== undefined && world.isGuildMuted(guild_id))) return null;
  const isCall = guild_id === undefined || world.callsMe(message, guild_id) || saysAny(message.content, wordsOf(world, guild_id));
  const level = levelOf(world, guild_id, channel_id);
  if (level === ALL) return isCall ? "call" : "message";
  return level === MENTIONS && isCall ? "call" : null;
}

/** Of a thread hears who is in it, as they want to, and whom a message names. */
function isHeard(world: World, { channel_id, mentions }: Said): boolean {
  const channel = world.channels.byId.get(channel_id);
  if (channel === undefined || !isThread(channel)) return true;
  const own = world.threads.own.get(channel_id);
  const isNamed = mentions.some(({ id }) => id === world.people.me);
  return isNamed || (own !== undefined && (own.flags & (ONLY_MENTIONS | NO_MESSAGES)) === 0);
}

/** The nearest setting that says something: the channel's, its category's, the server's own choice for everybody. */
function levelOf(world: World, guildId: Snowflake | undefined, channelId: Snowflake): number {
  const parent = world.channels.byId.get(channelId)?.parent_id;
  const near = [channelId, ...(parent ? [parent] : [])].map((id) => world.notifications.override(guildId, id)?.message_notifications);
  const own = world.notifications.byGuild.get(guildId ?? "")?.message_notifications;
  const last = guildId === undefined ? ALL : world.guilds.byId.get(guildId)?.default_message_notifications;
  return [...near, own, last].find((level) => level !== undefined && level !== AS_ABOVE) ?? ALL;
}

function wordsOf(world: World, guildId: Snowflake): readonly string[] {
  return [...world.notifications.everywhere.keywords, ...(world.notifications.byGuild.get(guildId)?.keywords ?? [])];
}

const LETTER = /[\p{L}\p{N}_]/u;
/** Scripts that put no spaces between words. */
const UNSPACED = /[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff]/;

const parts = (left: string, right: string) =>
  !LETTER.test(left) || !LETTER.test(right) || UNSPACED.test(left) || UNSPACED.test(right);

/** Whether a text holds one of the words as such, and not within others. */
export function saysAny(content: string, words: readonly string[]): boolean {
  const text = content.toLocaleLowerCase();
  return words.some((one) => says(text, one.toLocaleLowerCase()));
}

function says(text: string, word: string): boolean {
  if (word === "") return false;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    if (parts(text.charAt(at - 1), word.charAt(0)) && parts(word.charAt(word.length - 1), text.charAt(end))) return true;
  }
  return false;
}

const WEEK = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Whether one wants to be left alone now, by the clock of the place one said one lives in. */
export function isQuiet(hours: QuietHours | null, now: Date): boolean {
  if (hours?.enabled !== true) return false;
  const { day, clock } = localTime(now, hours.timezone);
  const [start, end] = [hours.start.slice(0, 5), hours.end.slice(0, 5)];
  const isOn = (one: number) => (hours.days as readonly number[]).includes(one);
  if (start < end) return isOn(day) && start <= clock && clock < end;
  return (isOn(day) && clock >= start) || (isOn((day + 6) % 7) && clock < end);
}

function localTime(now: Date, timeZone: string): { day: number; clock: string } {
  const format = new Intl.DateTimeFormat("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
  const found = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return { day: WEEK.indexOf(found["weekday"] ?? ""), clock: `${found["hour"] ?? ""}:${found["minute"] ?? ""}` };
}
