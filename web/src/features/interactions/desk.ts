/** What one sets off at applications: each request waits for what comes of it, which the gateway tells under its number. */
import type { Client } from "../../rest/client";
import type { Live } from "../../store/live.svelte";
import type { Choice, CreateInteractionInput, Events, ModalShown } from "../../wire/types";
import type { EventName } from "../../world/parts";

export type Outcome =
  | { readonly kind: "done" | "failed" }
  | { readonly kind: "modal"; readonly modal: ModalShown }
  | { readonly kind: "choices"; readonly choices: readonly Choice[] };

export interface Begun {
  readonly outcome: Promise<Outcome>;
}

export type Request = Omit<CreateInteractionInput, "nonce" | "session_id">;

/** The server gives an application three seconds; what is not told long after that was lost on the way. */
const LONGEST_MS = 10_000;
const FAILED: Outcome = { kind: "failed" };

const desks = new WeakMap<Live, Desk>();

export class Desk {
  readonly #client: Pick<Client, "call">;
  readonly #waiting = new Map<string, (outcome: Outcome) => void>();

  constructor(client: Pick<Client, "call">) {
    this.#client = client;
  }

  /** The server has taken it; what comes of it is told later. Throws what is refused. */
  async begin(request: Request): Promise<Begun> {
    const nonce = crypto.randomUUID();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const told = new Promise<Outcome>((resolve) => {
      this.#waiting.set(nonce, resolve);
      timer = setTimeout(() => resolve(FAILED), LONGEST_MS);
    });
    const forget = () => {
      clearTimeout(timer);
      this.#waiting.delete(nonce);
    };
    try {
      await this.#client.call("POST /interactions", { body: { ...request, nonce } });
    } catch (problem) {
      forget();
      throw problem;
    }
    return { outcome: told.finally(forget) };
  }

  /** Begin it and wait for what comes of it. */
  async ask(request: Request): Promise<Outcome> {
    const { outcome } = await this.begin(request);
    return outcome;
  }

  readonly heard = (name: EventName, data: unknown): void => {
    const outcome = outcomeOf(name, data);
    if (outcome === undefined) return;
    const { nonce } = data as { readonly nonce?: string | null };
    if (nonce) this.#waiting.get(nonce)?.(outcome);
  };
}

function outcomeOf(name: EventName, data: unknown): Outcome | undefined {
  if (name === "INTERACTION_SUCCESS") return { kind: "done" };
  if (name === "INTERACTION_FAILURE") return FAILED;
  if (name === "INTERACTION_MODAL_CREATE") return { kind: "modal", modal: data as ModalShown };
  if (name !== "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE") return undefined;
  const { choices } = data as Events["APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE"];
  return { kind: "choices", choices: choices as unknown as readonly Choice[] };
}

/** The one of this connection. */
export function deskOf(live: Live, client: Client): Desk {
  const known = desks.get(live);
  if (known !== undefined) return known;
  const desk = new Desk(client);
  desks.set(live, desk);
  live.listen(desk.heard);
  return desk;
}
