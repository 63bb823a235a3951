/** Keeps what is being written as a draft, and takes it up again. */
import { untrack } from "svelte";
import type { Answer, Draft } from "../../sync/drafts";
import type { Writing } from "./writing.svelte";

/** For as long as the view stands. */
export function keepDraft(writing: Writing): void {
  const { sync, channelId } = writing;
  $effect(() => {
    const draft = draftOf(writing);
    untrack(() => sync.drafts.set(channelId, draft));
  });
}

function draftOf({ text, lost, parcels, talk, awaited }: Writing): Draft {
  const { answering } = talk;
  const answer: Answer | undefined = answering ? { messageId: answering.message.id, mention: answering.calls } : awaited;
  const files = parcels.length > 0 ? parcels.map(({ filename }) => filename) : lost;
  return { text, ...(answer ? { answer } : {}), ...(files.length > 0 ? { files } : {}) };
}

/** A message that was being answered is shown as soon as it is there. */
export function takeUpAnswer(writing: Writing): void {
  const { world, channelId, talk } = writing;
  $effect(() => {
    const { awaited } = writing;
    if (awaited === undefined) return;
    const message = world.messages.find(channelId, awaited.messageId);
    if (message === undefined) return;
    untrack(() => {
      talk.answering = { message, calls: awaited.mention };
      writing.awaited = undefined;
    });
  });
}
