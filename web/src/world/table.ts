/** Records by id. Whoever looks at one is told when it becomes another one; records themselves never change. */

export type Unwatch = () => void;

/** Who keeps count of what a view has read, so that the view is drawn anew when that changes. */
export interface Observer {
  /** A record was looked at; without an id, all of them. */
  read(table: object, id?: unknown): void;
  changed(table: object, id: unknown): void;
}

export class Table<Value, Id = string> {
  /** One for the whole program; where there is none (a bot, a test), nobody asks. */
  static observer: Observer | null = null;

  readonly #records = new Map<Id, Value>();
  readonly #byId = new Map<Id, Set<() => void>>();
  readonly #ofAll = new Set<() => void>();

  get size(): number {
    Table.observer?.read(this);
    return this.#records.size;
  }

  get(id: Id): Value | undefined {
    Table.observer?.read(this, id);
    return this.#records.get(id);
  }

  has(id: Id): boolean {
    Table.observer?.read(this, id);
    return this.#records.has(id);
  }

  ids(): IterableIterator<Id> {
    Table.observer?.read(this);
    return this.#records.keys();
  }

  values(): IterableIterator<Value> {
    Table.observer?.read(this);
    return this.#records.values();
  }

  entries(): IterableIterator<[Id, Value]> {
    Table.observer?.read(this);
    return this.#records.entries();
  }

  set(id: Id, value: Value): void {
    if (Object.is(this.#records.get(id), value) && this.#records.has(id)) return;
    this.#records.set(id, value);
    this.#tell(id);
  }

  /** Change the record that is there; what is not known is not changed. */
  change(id: Id, next: (value: Value) => Value): void {
    const known = this.#records.get(id);
    if (known !== undefined) this.set(id, next(known));
  }

  delete(id: Id): void {
    if (this.#records.delete(id)) this.#tell(id);
  }

  /** Hold exactly these. */
  become(entries: Iterable<readonly [Id, Value]>): void {
    const next = new Map(entries);
    for (const id of [...this.#records.keys()]) if (!next.has(id)) this.delete(id);
    for (const [id, value] of next) this.set(id, value);
  }

  clear(): void {
    this.become([]);
  }

  /** Be told when one record changes, comes or goes. */
  watch(id: Id, changed: () => void): Unwatch {
    const watching = this.#byId.get(id) ?? new Set();
    this.#byId.set(id, watching.add(changed));
    return () => {
      watching.delete(changed);
      if (watching.size === 0 && this.#byId.get(id) === watching) this.#byId.delete(id);
    };
  }

  /** Be told when any record does. */
  watchAll(changed: () => void): Unwatch {
    this.#ofAll.add(changed);
    return () => this.#ofAll.delete(changed);
  }

  #tell(id: Id): void {
    Table.observer?.changed(this, id);
    for (const changed of [...(this.#byId.get(id) ?? [])]) changed();
    for (const changed of [...this.#ofAll]) changed();
  }
}
