/** What lies over the page: menus, floating panels, dialogs and toasts. The last one opened is closed first. */
import { tick, type Component } from "svelte";
import type { Drawing } from "./icons";
import { TypedAhead } from "./typedAhead";

/** What a layer hangs on: a control, or the place of a pointer. */
export type Anchor = Element | { readonly x: number; readonly y: number };

export type Side = "top" | "bottom" | "start" | "end";

export interface Choice {
  readonly label: string;
  readonly icon?: Drawing;
  readonly hint?: string | undefined;
  readonly shortcut?: string | undefined;
  readonly danger?: boolean;
  /** Why it cannot be chosen now. */
  readonly disabled?: string | false;
  /** Given for what is on or off. */
  readonly checked?: boolean;
  readonly run?: () => unknown;
  readonly items?: readonly Entry[];
}

export type Entry = Choice | "line";

export interface Question {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly danger?: boolean;
}

export interface Toast {
  readonly text: string;
  readonly kind?: "plain" | "good" | "bad";
  readonly action?: { readonly label: string; readonly run: () => unknown };
  /** Stays until it is closed. */
  readonly stays?: boolean;
}

/** What a view that is shown as a layer is given beside its own properties. */
export interface Closable<Result = void> {
  readonly close: (result?: Result) => void;
}

export interface FloatOptions {
  readonly side?: Side;
  readonly label: string;
}

interface Common {
  readonly id: number;
  readonly close: (result?: never) => void;
}

export type Layer = Common &
  (
    | { readonly kind: "menu"; readonly at: Anchor; readonly label: string; readonly entries: readonly Entry[] }
    | {
        readonly kind: "float";
        readonly at: Anchor;
        readonly view: Component<never>;
        readonly props: object;
        readonly options: FloatOptions;
      }
    | { readonly kind: "dialog"; readonly view: Component<never>; readonly props: object }
    | { readonly kind: "question"; readonly question: Question }
  );

export type ShownToast = Toast & { readonly id: number };

/** Views are fetched when they are shown: most are never wanted. */
type Load<Props extends object> = () => Promise<{ default: Component<Props> }>;
type Without<Props> = Omit<Props, "close">;
type Given<Props> = Props extends { readonly close: (result?: infer Result) => void } ? Result : never;
/** Where the view's own types are not known, neither is what comes of it. */
type ResultOf<Props> = [Given<Props>] extends [never] ? unknown : Given<Props>;
type Loose<Whole> = Whole extends unknown ? Omit<Whole, "id" | "close"> : never;

export class Layers {
  #open = $state.raw<readonly Layer[]>([]);
  #toasts = $state.raw<readonly ShownToast[]>([]);
  #last = 0;
  #turn = 0;
  /** Told when a view cannot be fetched, as after an update of the server. */
  onMissing: () => void = () => undefined;

  /** The lowest first. */
  get open(): readonly Layer[] {
    return this.#open;
  }

  get toasts(): readonly ShownToast[] {
    return this.#toasts;
  }

  /** A menu of a control or a right click; on a phone a sheet from below. */
  menu(at: Anchor, label: string, entries: readonly Entry[]): Promise<void> {
    return this.#show({ kind: "menu", at, label, entries });
  }

  /** A panel beside what it belongs to; closed by Esc and by a press elsewhere. */
  async float<Props extends Closable<never>>(
    at: Anchor,
    load: Load<Props>,
    props: Without<Props>,
    options: FloatOptions,
  ): Promise<void> {
    await this.#fetched(load, (view) => {
      const isGone = at instanceof Element && !at.isConnected;
      return isGone ? undefined : this.#show({ kind: "float", at, view, props, options });
    });
  }

  /** A dialog, which says what came of it; nothing when it was left. */
  async dialog<Props extends Closable<never>>(
    load: Load<Props>,
    props: Without<Props>,
  ): Promise<ResultOf<Props> | undefined> {
    return this.#fetched(load, (view) => this.#show<ResultOf<Props>>({ kind: "dialog", view, props }));
  }

  /** Whether somebody really wants that. */
  async ask(question: Question): Promise<boolean> {
    return (await this.#show<boolean>({ kind: "question", question })) ?? false;
  }

  toast(toast: Toast): () => void {
    const id = ++this.#last;
    // The same said again is said once.
    this.#toasts = [...this.#toasts.filter(({ text }) => text !== toast.text), { ...toast, id }];
    return () => this.dropToast(id);
  }

  dropToast(id: number): void {
    this.#toasts = this.#toasts.filter((one) => one.id !== id);
  }

  /** Whether there was one to close. */
  closeTop(): boolean {
    const top = this.#open.at(-1);
    top?.close();
    return top !== undefined;
  }

  closeAll(): void {
    while (this.closeTop());
  }

  /** Of those that are asked for while one is fetched the last is shown: who presses twice wants one. */
  async #fetched<Props extends object, Shown>(load: Load<Props>, show: (view: Component<never>) => Shown): Promise<Awaited<Shown> | undefined> {
    const turn = ++this.#turn;
    const typed = new TypedAhead();
    let shown: Shown;
    try {
      const view = await this.#viewOf(load);
      if (view === undefined || turn !== this.#turn || typed.isLeft) return undefined;
      shown = show(view);
      await tick();
    } finally {
      typed.stop();
    }
    typed.give();
    return await shown;
  }

  async #viewOf<Props extends object>(load: Load<Props>): Promise<Component<never> | undefined> {
    try {
      return (await load()).default;
    } catch {
      // Whatever kept it away, the reader can do one thing about it.
      this.onMissing();
      return undefined;
    }
  }

  #show<Result>(layer: Loose<Layer>): Promise<Result | undefined> {
    const id = ++this.#last;
    return new Promise((resolve) => {
      const close = (result?: Result) => {
        this.#open = this.#open.filter((one) => one.id !== id);
        resolve(result);
      };
      this.#open = [...this.#open, { ...layer, id, close: close }];
    });
  }
}
