/** Why something was not sent, in the reader's words. */
import type { Failure } from "../sync/letters";
import type { Speech } from "./speech.svelte";

export function failureInWords(speech: Speech, failure: Failure | undefined): string {
  if (failure?.kind === "refused") return speech.problem(failure.code, failure.message);
  return speech.say(failure?.kind === "file" ? "messages.fileFailed" : "messages.unsent");
}
