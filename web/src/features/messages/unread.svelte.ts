/** Where the unread begins in an open channel, and when it counts as read. */
import type { App } from "../app";
import type { Message, Snowflake } from "../../wire/types";
import { idAt, isAfter } from "../../world/ids";
import type { World } from "../../world/world";
import { firstAfter } from "./rows";

const PATIENCE_MS = 300;

export class Unread {
  /** All after this one was new when the reader came, or went away; null where nothing was. */
  after = $state<Snowflake | null>(null);
  /** The reader has seen where the unread begins, or does not want to. */
  isSettled = $state(false);
  /** Somebody said by hand that this is not read: then looking at it does not make it so. */
  #isKept = false;
  /** The last message when the reader left nothing unread, which the server may not know yet. */
  #settled: Snowflake = "0";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly app: App,
    readonly world: World,
    readonly channelId: Snowflake,
  ) {
    if (world.isUnread(channelId)) this.after = this.#read;
  }

  /** The first message of others after what was read. */
  first(messages: readonly Message[]): Message | undefined {
    if (this.after === null) return undefined;
    const isMine = ({ author, webhook_id }: Message) => webhook_id === undefined && this.world.selves.isMe(author.id);
    return firstAfter(messages, this.after, isMine);
  }

  /** Something came while nobody looked. */
  begin(): void {
    if (this.after !== null || !this.world.isUnread(this.channelId)) return;
    if (!isAfter(this.#last ?? "0", this.#settled)) return;
    this.after = this.#read;
    this.isSettled = false;
  }

  /** The reader looks at the newest messages: soon they are read. */
  see(): void {
    if (this.#isKept || this.#timer !== undefined || !this.world.isUnread(this.channelId)) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#acknowledge();
    }, PATIENCE_MS);
  }

  /** All is read, and nothing is set apart any more. */
  async settle(): Promise<void> {
    this.after = null;
    this.isSettled = true;
    this.#isKept = false;
    this.#settled = this.#last ?? "0";
    if (this.world.isUnread(this.channelId)) await this.#acknowledge();
  }

  /** From this message on all is unread, on every device. */
  async keep(message: Message, before: Snowflake, mentions: number): Promise<void> {
    this.#isKept = true;
    this.stop();
    const { channelId: channel_id } = this;
    await this.app.api.client.call("POST /channels/{channel_id}/messages/{message_id}/ack", {
      channel_id,
      message_id: before,
      body: { manual: true, mention_count: mentions },
    });
    this.after = before;
    this.isSettled = isAfter(before, message.id);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** What was said before one came is not news. */
  get #read(): Snowflake {
    const read = this.world.readings.of(this.channelId).last_message_id;
    const guild = this.world.guilds.byId.get(this.world.guildOf(this.channelId) ?? "");
    const came = guild === undefined ? "0" : idAt(Date.parse(guild.joined_at));
    return [came, this.#settled].reduce((latest, other) => (isAfter(other, latest) ? other : latest), read);
  }

  get #last(): Snowflake | null {
    return this.world.channels.lastIn(this.channelId);
  }

  /** What cannot be said now is said with the next message that is seen. */
  async #acknowledge(): Promise<void> {
    const last = this.#last;
    if (last === null) return;
    const { channelId: channel_id } = this;
    await this.app.api.client
      .call("POST /channels/{channel_id}/messages/{message_id}/ack", { channel_id, message_id: last, body: {} })
      .catch((problem: unknown) => {
        if (!(problem instanceof Error)) throw problem;
      });
  }
}
