/** The address bar as state: where we are, and how to go elsewhere without a reload. */

export class Router {
  path = $state(location.pathname);

  constructor() {
    addEventListener("popstate", () => (this.path = location.pathname));
  }

  go(to: string): void {
    history.pushState(null, "", to);
    this.path = location.pathname;
    scrollTo(0, 0);
  }

  /** Change the address without a step in the history. */
  replace(to: string): void {
    history.replaceState(null, "", to);
    this.path = location.pathname;
  }

  /** For a click handler on a link: leave new tabs and new windows to the browser. */
  follow = (event: MouseEvent & { currentTarget: HTMLAnchorElement }): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.go(event.currentTarget.pathname + event.currentTarget.search);
  };
}
