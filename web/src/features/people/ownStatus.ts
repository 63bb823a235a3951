/** One's own presence: the menu to choose it, and the change of it. */
import { Bell, CircleDashed, CircleUserRound, Copy, MinusCircle, Moon, SmilePlus, X } from "lucide";
import type { Anchor, Choice, Entry } from "../../ui/layers.svelte";
import { chosenStatus, ownWords, type Chosen } from "../../world/presences";
import type { World } from "../../world/world";
import type { Drawing } from "../../ui/icons";
import type { App } from "../app";
import { attempt } from "../attempt";

const DRAWINGS: Readonly<Record<Chosen, Drawing>> = { online: Bell, idle: Moon, dnd: MinusCircle, invisible: CircleDashed };

export function chooseStatus(app: App, status: Chosen): Promise<boolean> {
  return attempt(app, () => app.api.client.call("PATCH /users/@me/settings", { body: { status } }));
}

export function clearWords(app: App): Promise<boolean> {
  return attempt(app, () => app.api.client.call("PATCH /users/@me/settings", { body: { custom_status: null } }));
}

export function openStatusMenu(app: App, world: World, at: Anchor): void {
  const { say } = app.speech;
  const chosen = chosenStatus(world);
  const choice = (status: Chosen, hint?: string): Choice => ({
    label: say(`people.status.${status}`),
    icon: DRAWINGS[status],
    checked: status === chosen,
    run: () => chooseStatus(app, status),
    ...(hint !== undefined && { hint }),
  });
  const entries: Entry[] = [
    choice("online"),
    choice("idle"),
    choice("dnd", say("people.status.dndHint")),
    choice("invisible", say("people.status.invisibleHint")),
    "line",
    { label: say("people.words"), icon: SmilePlus, run: () => app.layers.dialog(() => import("./CustomStatus.svelte"), {}) },
  ];
  if (ownWords(world, new Date()) !== null) entries.push({ label: say("people.wordsClear"), icon: X, run: () => clearWords(app) });
  entries.push("line", { label: say("people.editProfile"), icon: CircleUserRound, run: () => app.router.go("/settings/profile") });
  const { me } = world.people;
  if (app.preferences.all.developer && me !== null) {
    entries.push({ label: say("app.copyId"), icon: Copy, run: () => navigator.clipboard.writeText(me) });
  }
  void app.layers.menu(at, say("people.statusMenu"), entries);
}
