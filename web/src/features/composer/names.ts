/** What the words of a text stand for in one place: its people, roles, channels and emojis. */
import type { Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import type { UnicodeEmojis } from "../pickers/unicode";
import { usableEmojis } from "../pickers/usable";
import type { Book, Found } from "./scan";

const ALL = /@(?:everyone|here)(?!\w)/y;
const USER = /@([a-z0-9_.]{2,32})/iy;
const CHANNEL = /#([^\s#]{1,100})/y;
const EMOJI = /:([\w+-]{2,32}):/y;

export class Names implements Book {
  /** Once they are there. */
  unicode: UnicodeEmojis | null = null;
  /** Words chosen from suggestions, which may have blanks in them. */
  readonly #chosen = new Map<string, string>();
  readonly #world: World;
  readonly #channelId: Snowflake;

  constructor(world: World, channelId: Snowflake) {
    this.#world = world;
    this.#channelId = channelId;
  }

  choose(word: string, wire: string): void {
    if (word !== wire) this.#chosen.set(word, wire);
  }

  find(text: string, at: number): Found | undefined {
    const sign = text.charAt(at);
    if (sign === ":") return this.#emoji(text, at);
    return this.#phrase(text, at) ?? (sign === "@" ? this.#person(text, at) : this.#channel(text, at));
  }

  /** The longest word of those that have been chosen, or that roles are called by. */
  #phrase(text: string, at: number): Found | undefined {
    const roles = text.charAt(at) === "@" ? this.#roles() : [];
    const known = [...this.#chosen, ...roles].filter(([word]) => text.startsWith(word, at) && isWhole(text, at + word.length));
    const [longest] = known.sort(([one], [other]) => other.length - one.length);
    return longest === undefined ? undefined : { kind: "mention", length: longest[0].length, wire: longest[1] };
  }

  #roles(): (readonly [string, string])[] {
    const guildId = this.#world.guildOf(this.#channelId);
    if (guildId === undefined) return [];
    return [...this.#world.roles.of(guildId).values()]
      .filter(({ id }) => id !== guildId)
      .map(({ id, name }) => [`@${name}`, `<@&${id}>`] as const);
  }

  #person(text: string, at: number): Found | undefined {
    const [all] = matched(ALL, text, at) ?? [];
    if (all !== undefined) return { kind: "mention", length: all.length, wire: all };
    const [, called = ""] = matched(USER, text, at) ?? [];
    // A dot may be the end of a sentence.
    const name = called.replace(/\.+$/, "").toLowerCase();
    const id = name === "" ? undefined : this.#userNamed(name);
    return id === undefined ? undefined : { kind: "mention", length: name.length + 1, wire: `<@${id}>` };
  }

  #userNamed(name: string): Snowflake | undefined {
    const { people, channels } = this.#world;
    const isCalled = (id: Snowflake) => people.users.get(id)?.username === name;
    const channel = channels.byId.get(this.#channelId);
    if (channel?.guild_id === undefined) return channel?.recipient_ids?.find(isCalled);
    for (const [id] of people.membersOf(channel.guild_id)) if (isCalled(id)) return id;
    return undefined;
  }

  #channel(text: string, at: number): Found | undefined {
    const guildId = this.#world.guildOf(this.#channelId);
    const [word, name] = matched(CHANNEL, text, at) ?? [];
    if (word === undefined || guildId === undefined) return undefined;
    const { channels } = this.#world;
    const id = [...channels.of(guildId)].find((one) => channels.byId.get(one)?.name === name && this.#world.isOpen(one));
    return id === undefined ? undefined : { kind: "mention", length: word.length, wire: `<#${id}>` };
  }

  #emoji(text: string, at: number): Found | undefined {
    const [word, name = ""] = matched(EMOJI, text, at) ?? [];
    if (word === undefined) return undefined;
    const wire = this.#chosen.get(word) ?? this.#custom(name) ?? this.unicode?.named(name)?.char;
    return wire === undefined ? undefined : { kind: "emoji", length: word.length, wire };
  }

  #custom(name: string): string | undefined {
    const offers = usableEmojis(this.#world, this.#channelId);
    const found = offers.flatMap(({ all }) => all).find((emoji) => emoji.name === name);
    return found === undefined ? undefined : customWire(found);
  }
}

export function customWire({ id, name, animated }: { readonly id: Snowflake; readonly name: string; readonly animated: boolean }): string {
  return `<${animated ? "a" : ""}:${name}:${id}>`;
}

function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function isWhole(text: string, end: number): boolean {
  return !/\w/.test(text.charAt(end));
}
