/** The screens that were fetched, each with the words that are said in it and the house it stands in. */
import type { Component, Snippet } from "svelte";
import { isRoom, open, type Rest, type Route } from "./routes";
import type { Speech } from "./speech.svelte";

type Name = Route["screen"];

const SEEN_FIRST: ReadonlySet<Name> = new Set(["chat", "login", "register", "invite"]);

export class Screens {
  #here = $state.raw<ReadonlyMap<Name, Component<{ rest: Rest }>>>(new Map());
  #broken = $state.raw<Name | null>(null);
  #house = $state.raw<Component<{ children: Snippet }> | null>(null);
  readonly #speech: Speech;

  constructor(speech: Speech) {
    this.#speech = speech;
  }

  get(name: Name): Component<{ rest: Rest }> | undefined {
    return this.#here.get(name);
  }

  isBroken(name: Name): boolean {
    return this.#broken === name;
  }

  /** What holds the gateway open, around the rooms of members. */
  houseOf(name: Name): Component<{ children: Snippet }> | null {
    return isRoom(name) ? this.#house : null;
  }

  /** Null where it is here already. */
  fetch(name: Name): Promise<void> | null {
    return this.#here.has(name) ? null : this.#fetch(name);
  }

  async #fetch(name: Name): Promise<void> {
    try {
      const [Screen, house] = await Promise.all([
        open(name),
        isRoom(name) ? import("./Member.svelte") : null,
        SEEN_FIRST.has(name) ? null : this.#speech.deepen(),
      ]);
      this.#house = house?.default ?? this.#house;
      this.#here = new Map([...this.#here, [name, Screen]]);
      this.#broken = null;
    } catch {
      // Whatever it was: the page says so and offers to load anew.
      this.#broken = name;
    }
  }
}
