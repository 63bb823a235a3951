/** Where the parts meet: one object with the stores, the address and the language, handed to the screens by context. */
import { createContext } from "svelte";
import type { Translator } from "../i18n/catalogue";
import { Api } from "../rest/api";
import { Applications } from "../store/applications.svelte";
import { Devices } from "../store/devices.svelte";
import { Guilds } from "../store/guilds.svelte";
import { Instance } from "../store/instance.svelte";
import { Invites } from "../store/invites";
import { Session, type Keep } from "../store/session.svelte";
import { Preferences } from "../store/preferences.svelte";
import { Layers } from "../ui/layers.svelte";
import type { Router } from "../ui/router.svelte";
import { Here } from "./here.svelte";
import { Speech } from "./speech.svelte";

export interface App {
  readonly api: Api;
  readonly keep: Keep;
  readonly router: Router;
  readonly here: Here;
  readonly layers: Layers;
  readonly preferences: Preferences;
  readonly speech: Speech;
  readonly instance: Instance;
  readonly session: Session;
  readonly guilds: Guilds;
  readonly invites: Invites;
  readonly devices: Devices;
  readonly applications: Applications;
}

export const [useApp, provideApp] = createContext<App>();

export function createApp(keep: Keep, router: Router, translator: Translator, api: Api = new Api()): App {
  return {
    api,
    keep,
    router,
    here: new Here(router, keep),
    layers: new Layers(),
    preferences: new Preferences(keep),
    speech: new Speech(translator, keep),
    instance: new Instance(api, keep),
    session: new Session(api, keep),
    guilds: new Guilds(api),
    invites: new Invites(api),
    devices: new Devices(api),
    applications: new Applications(api),
  };
}

/** Nothing of one person may be seen by the next. */
export function forgetPerson(app: App): void {
  app.guilds.clear();
  app.devices.clear();
  app.applications.clear();
}

/** The name of this place, or its host before the server has told us. */
export function placeOf(app: App): string {
  return app.instance.facts?.name ?? location.host;
}

/** What to tell people about a new password. */
export function passwordHint({ instance, speech }: App): string {
  return speech.say("field.passwordHint", { n: instance.facts?.limits.password_length ?? "" });
}
