/** Where the parts meet: one object with the stores, the address and the language, handed to the screens by context. */
import { createContext } from "svelte";
import type { Translator } from "../i18n/catalogue";
import { Client } from "../rest/client";
import type { ProofWanted } from "../rest/errors";
import { Instance } from "../store/instance.svelte";
import { Session, type Keep } from "../store/session.svelte";
import { Preferences } from "../store/preferences.svelte";
import { Attention } from "../store/attention.svelte";
import { turn } from "../tabs/turn";
import { Layers, type Closable } from "../ui/layers.svelte";
import type { Router } from "../ui/router.svelte";
import { Here } from "./here.svelte";
import { Speech } from "./speech.svelte";

export interface App {
  readonly api: { readonly client: Client };
  readonly keep: Keep;
  readonly router: Router;
  readonly here: Here;
  readonly layers: Layers;
  readonly preferences: Preferences;
  readonly speech: Speech;
  readonly attention: Attention;
  readonly instance: Instance;
  readonly session: Session;
}

export const [useApp, provideApp] = createContext<App>();

export function createApp(keep: Keep, router: Router, translator: Translator, client: Client = new Client()): App {
  const layers = new Layers();
  const speech = new Speech(translator, keep);
  layers.onMissing = () => layers.toast({ text: speech.say("app.broken"), kind: "bad", action: { label: speech.say("app.reload"), run: () => location.reload() } });
  client.prove = (wanted) => askForProof(layers, wanted);
  return {
    api: { client },
    keep,
    router,
    here: new Here(router, keep),
    layers,
    preferences: new Preferences(keep),
    speech,
    attention: new Attention(),
    instance: new Instance(client, keep),
    session: new Session(client, keep, turn),
  };
}

/** Fetched when it is needed, which is seldom. */
async function askForProof(layers: Layers, wanted: ProofWanted): Promise<string | null> {
  return (await layers.dialog<Closable<string> & { wanted: ProofWanted }>(() => import("./proof/Prove.svelte"), { wanted })) ?? null;
}

/** The name of this place, or its host before the server has told us. */
export function placeOf(app: App): string {
  return app.instance.facts?.name ?? location.host;
}

/** The title of the page: what is seen, where, and before it how often one is called. */
export function titled(app: App, page?: string): string {
  const { calls } = app.attention;
  const name = page === undefined ? placeOf(app) : app.speech.say("app.title", { page, place: placeOf(app) });
  return calls > 0 ? `(${calls}) ${name}` : name;
}
