/** One form being sent: busy, the errors of its fields, and the wait the server asked for. */
import { tick } from "svelte";
import { RateLimited, Refused, Unreachable } from "../rest/errors";
import { PasskeyDeclined } from "./passkeys";
import type { Speech } from "./speech.svelte";

export class Submission {
  busy = $state(false);
  /** What no field can show. */
  notice = $state("");
  /** Seconds until the next try. */
  wait = $state(0);

  #fields = $state.raw<Readonly<Record<string, string>>>({});
  readonly #speech: Speech;
  readonly #shown: readonly string[];

  /** `shown` names the fields of the form; errors of any other field become the notice. */
  constructor(speech: Speech, shown: readonly string[] = []) {
    this.#speech = speech;
    this.#shown = shown;
    $effect(() => {
      if (this.wait <= 0) return;
      const timer = setTimeout(() => (this.wait -= 1), 1000);
      return () => clearTimeout(timer);
    });
  }

  error(field: string): string | undefined {
    return this.#fields[field];
  }

  /** Of what was changed it is not known any more what is wrong with it. */
  forget(field: string): void {
    this.#fields = Object.fromEntries(Object.entries(this.#fields).filter(([path]) => !path.startsWith(field)));
  }

  get blocked(): boolean {
    return this.busy || this.wait > 0;
  }

  /** For a form's `onsubmit`: run the work, keep what went wrong, put the focus on the first wrong field. */
  on = (work: () => Promise<void>) => async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    await this.run(work);
    await tick();
    if (form instanceof HTMLFormElement) form.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  };

  async run(work: () => Promise<void>): Promise<void> {
    if (this.blocked) return;
    this.busy = true;
    this.notice = "";
    this.#fields = {};
    try {
      await work();
    } catch (problem) {
      this.#keep(problem);
    } finally {
      this.busy = false;
    }
  }

  #keep(problem: unknown): void {
    if (problem instanceof RateLimited) this.wait = Math.ceil(problem.seconds);
    else if (problem instanceof Unreachable) this.notice = this.#speech.say("error.offline");
    else if (problem instanceof PasskeyDeclined) this.notice = this.#speech.say("proof.declined");
    else if (problem instanceof Refused) this.#sort(problem);
    else throw problem;
  }

  #sort(refused: Refused): void {
    const fields: Record<string, string> = {};
    const rest: string[] = [];
    for (const [path, { code, message }] of Object.entries(refused.fields)) {
      const text = this.#speech.problem(code, message);
      if (this.#shown.includes(path)) fields[path] = text;
      else rest.push(text);
    }
    this.#fields = fields;
    if (rest.length > 0) this.notice = rest.join(" ");
    else if (Object.keys(fields).length === 0) this.notice = this.#speech.problem(String(refused.code), refused.message);
  }
}
