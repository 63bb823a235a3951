/** Makes the world's tables seen: a derived value or an effect that read a record runs again when it has changed. */
import { Table, type Observer } from "../world/table";

const ALL = Symbol("all records");

/** The number of times something changed, which a view depends on without caring for it. */
class Version {
  #changes = $state(0);

  read(): number {
    return this.#changes;
  }

  raise(): void {
    this.#changes += 1;
  }
}

class Seeing implements Observer {
  readonly #versions = new WeakMap<object, Map<unknown, Version>>();

  read(table: object, id: unknown = ALL): void {
    if ($effect.tracking()) this.#version(table, id).read();
  }

  changed(table: object, id: unknown): void {
    const seen = this.#versions.get(table);
    seen?.get(id)?.raise();
    seen?.get(ALL)?.raise();
  }

  #version(table: object, id: unknown): Version {
    const seen = this.#versions.get(table) ?? new Map<unknown, Version>();
    const version = seen.get(id) ?? made();
    this.#versions.set(table, seen.set(id, version));
    return version;
  }
}

/** Outside of whoever looks first: what a derived value makes itself, it does not depend on. */
function made(): Version {
  let version: Version | undefined;
  $effect.root(() => {
    version = new Version();
  })();
  if (version === undefined) throw new Error("a root runs at once");
  return version;
}

/** From now on every table is seen. */
export function openEyes(): void {
  Table.observer ??= new Seeing();
}
