/** The list while messages are picked from it: what the pointer and the keys do then, and the deed. */
import { tick, type Component } from "svelte";
import { on } from "svelte/events";
import type { Message, Snowflake } from "../../../wire/types";
import { byAge } from "../../../world/ids";
import { attempt } from "../../attempt";
import { messageAt } from "../keys";
import type { MessageScene } from "../menu";
import Bar from "./Bar.svelte";
import Box from "./Box.svelte";
import { drop, extend, NONE, staying, toggle } from "./picked";
import { isOld, removeAll, type Ways } from "./removing";

const SECOND_MS = 1000;

export class Selection {
  /** Drawn by the rows and below the list, which need not know of them before. */
  readonly Box: Component<{ message: Message }> = Box;
  readonly Bar: Component = Bar;
  isBusy = $state(false);
  #picked = $state.raw(NONE);
  readonly #scene: MessageScene;

  constructor(scene: MessageScene, first: Snowflake) {
    this.#scene = scene;
    this.#picked = toggle(NONE, first);
  }

  get count(): number {
    return this.#picked.ids.size;
  }

  has(id: Snowflake): boolean {
    return this.#picked.ids.has(id);
  }

  /** Hear what happens in the list before its rows do, and of what is deleted by others. */
  attend(area: HTMLElement): () => void {
    const { list } = this.#scene;
    const off = [
      on(area, "mousedown", (event) => this.#press(event), { capture: true }),
      on(area, "click", (event) => this.#click(event), { capture: true }),
      on(area, "keydown", (event) => this.#key(event), { capture: true }),
      list.live.hear({ MESSAGE_DELETE: ({ id }) => this.#drop([id]), MESSAGE_DELETE_BULK: ({ ids }) => this.#drop(ids) }),
    ];
    return () => off.forEach((stop) => stop());
  }

  end(): void {
    const { list } = this.#scene;
    list.selection = null;
    this.#focus(list.tabStop ?? undefined);
  }

  async remove(): Promise<void> {
    if (this.isBusy || this.count === 0) return;
    const ids = [...this.#picked.ids].sort(byAge);
    if (!(await this.#isSure(ids))) return;
    const { app } = this.#scene;
    const next = staying(this.#order(), this.#picked.ids);
    this.isBusy = true;
    const done = await attempt(app, () => removeAll(ids, this.#ways(), Date.now()));
    this.isBusy = false;
    if (!done || !this.#isOn()) return;
    this.#scene.list.selection = null;
    this.#focus(next);
    app.layers.toast({ text: app.speech.count("selection.deleted", ids.length), kind: "good" });
  }

  #isSure(ids: readonly Snowflake[]): Promise<boolean> {
    const { layers, speech } = this.#scene.app;
    const old = ids.filter((id) => isOld(id, Date.now())).length;
    const text = speech.say("selection.deleteText");
    return layers.ask({
      title: speech.count("selection.deleteTitle", ids.length),
      text: old === 0 ? text : `${text} ${speech.count("selection.old", old)}`,
      action: speech.say("messages.delete"),
      danger: true,
    });
  }

  #ways(): Ways {
    const { app, list } = this.#scene;
    const { client } = app.api;
    const channel_id = list.channelId;
    return {
      many: (messages) => client.call("POST /channels/{channel_id}/messages/bulk-delete", { channel_id, body: { messages } }),
      one: (message_id) => client.call("DELETE /channels/{channel_id}/messages/{message_id}", { channel_id, message_id }),
      wait: (seconds) => new Promise((go) => setTimeout(go, seconds * SECOND_MS)),
      done: (ids) => this.#drop(ids),
      isWanted: () => this.#isOn(),
    };
  }

  #isOn(): boolean {
    return this.#scene.list.selection === this;
  }

  #drop(ids: readonly Snowflake[]): void {
    this.#picked = drop(this.#picked, ids);
  }

  /** What can be picked, as it is shown. */
  #order(): readonly Snowflake[] {
    return this.#scene.list.rows.flatMap((row) => (row.kind === "note" || (row.kind === "message" && row.letter === undefined) ? [row.key] : []));
  }

  #pick(id: Snowflake, isRange: boolean): void {
    if (this.isBusy) return;
    this.#picked = isRange ? extend(this.#picked, this.#order(), id) : toggle(this.#picked, id);
    this.#scene.list.roving = id;
  }

  /** A browser would mark the text between two presses with Shift. */
  #press(event: MouseEvent): void {
    if (event.shiftKey && messageAt(event.target) !== null) event.preventDefault();
  }

  #click(event: MouseEvent): void {
    const row = messageAt(event.target);
    const id = row?.dataset["message"];
    if (row === null || id === undefined) return;
    take(event);
    this.#pick(id, event.shiftKey);
    row.focus({ preventScroll: true });
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      take(event);
      this.end();
      return;
    }
    const row = messageAt(event.target);
    const id = row?.dataset["message"];
    const isBare = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (row === null || row !== event.target || id === undefined || !isBare) return;
    if (this.#does(event, id)) take(event);
  }

  /** The letters that do something with one message do nothing meanwhile. */
  #does({ key, shiftKey }: KeyboardEvent, id: Snowflake): boolean {
    if (key === " " || key === "Enter") this.#pick(id, shiftKey);
    else if (key === "Delete" || key === "Backspace") void this.remove();
    else if (shiftKey && (key === "ArrowUp" || key === "ArrowDown")) this.#stretch(id, key === "ArrowUp" ? -1 : 1);
    else return key.length === 1;
    return true;
  }

  /** A range that has not begun begins at the message one is at. */
  #stretch(from: Snowflake, step: 1 | -1): void {
    const to = this.#scene.list.beside(from, step);
    if (to === undefined) return;
    if (!this.has(from)) this.#pick(from, false);
    this.#pick(to, true);
    this.#scene.list.scroller.rowOf(to)?.focus();
  }

  #focus(id: Snowflake | undefined): void {
    const { list, talk } = this.#scene;
    void tick().then(() => {
      const row = id === undefined ? null : list.scroller.rowOf(id);
      if (row === null) talk.focusWriting();
      else row.focus();
    });
  }
}

function take(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

/** Begin with one message, where the focus then is. */
export async function select(scene: MessageScene, { id }: Message): Promise<void> {
  const { app, list, talk } = scene;
  await app.speech.deepen();
  talk.editing = null;
  list.selection = new Selection(scene, id);
  list.roving = id;
  await tick();
  list.scroller.rowOf(id)?.focus();
}
