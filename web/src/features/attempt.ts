/** Does what somebody asked for by a press of a button; where it cannot be done, a toast says why. */
import { RateLimited, Refused, Unreachable } from "../rest/errors";
import type { App } from "./app";

/** Whether it was done. */
export async function attempt(app: Pick<App, "layers" | "speech">, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (problem) {
    app.layers.toast({ text: wordsFor(app, problem), kind: "bad" });
    return false;
  }
}

/** What went wrong, in the reader's language; what is no answer of the server is no problem of theirs. */
export function wordsFor({ speech }: Pick<App, "speech">, problem: unknown): string {
  if (problem instanceof RateLimited) return speech.say("error.wait", { seconds: Math.ceil(problem.seconds) });
  if (problem instanceof Unreachable) return speech.say("error.offline");
  if (!(problem instanceof Refused)) throw problem;
  const [field] = Object.values(problem.fields);
  return field ? speech.problem(field.code, field.message) : speech.problem(String(problem.code), problem.message);
}
