/** What the list of a conversation and the place to write in it tell one another. */
import { createContext } from "svelte";
import type { Message, Snowflake } from "../../wire/types";

export interface Answering {
  readonly message: Message;
  /** Whether its author is called. */
  readonly calls: boolean;
}

export class Talk {
  /** The message whose text is being changed. */
  editing = $state<Snowflake | null>(null);
  /** The message that the next one will answer. */
  answering = $state.raw<Answering | null>(null);

  /** The composer says how to put the focus into it. */
  focusWriting: () => void = () => undefined;
  /** The list says how to show the newest messages, and which one was said last. */
  showEnd: () => void = () => undefined;
  latest: (mine: boolean) => Message | undefined = () => undefined;

  /** `isBeside` has the conversation leave the keys of the page to the one that is open. */
  constructor(
    readonly channelId: Snowflake,
    readonly isBeside = false,
  ) {}

  edit(messageId: Snowflake): void {
    this.editing = messageId;
  }

  /** Change what one said last; false where there is nothing of the kind. */
  editLatest(): boolean {
    const last = this.latest(true);
    if (last !== undefined) this.edit(last.id);
    return last !== undefined;
  }

  stopEditing(): void {
    this.editing = null;
    this.focusWriting();
  }

  answer(message: Message, calls = true): void {
    this.answering = { message, calls };
    this.focusWriting();
  }

  answerLatest(): boolean {
    const last = this.latest(false);
    if (last !== undefined) this.answer(last);
    return last !== undefined;
  }

  stopAnswering(): void {
    this.answering = null;
  }
}

export const [useTalk, provideTalk] = createContext<Talk>();
