/** The address bar as state: where we are, and how to go elsewhere without a reload. */

export class Router {
  /** Where what is shown stands. The bar is ahead of it while what it asks for is fetched. */
  path = $state(location.pathname);

  /** Fetches what an address shows; null where it is here already. */
  prepare: (path: string) => Promise<unknown> | null = () => null;

  constructor() {
    addEventListener("popstate", () => this.#enter());
  }

  go(to: string): void {
    history.pushState(null, "", to);
    this.#enter(() => scrollTo(0, 0));
  }

  /** Change the address without a step in the history. */
  replace(to: string): void {
    history.replaceState(null, "", to);
    this.#enter();
  }

  /** For a click handler on a link: leave new tabs and new windows to the browser. */
  follow = (event: MouseEvent & { currentTarget: HTMLAnchorElement }): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.go(event.currentTarget.pathname + event.currentTarget.search);
  };

  /** Whoever has gone elsewhere by the time it is fetched is not brought back. */
  #enter(entered?: () => void): void {
    const to = location.pathname;
    const enter = (): void => {
      if (location.pathname !== to) return;
      this.path = to;
      entered?.();
    };
    const wait = this.prepare(to);
    if (wait === null) enter();
    else void wait.then(enter);
  }
}
