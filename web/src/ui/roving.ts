/** A list whose arrow keys move the focus and which is one stop of the Tab key. */

export interface Roving {
  /** Which elements of the list may have the focus. */
  readonly items: string;
  readonly axis?: "vertical" | "horizontal" | "both";
  /** Whether letters lead to the item that begins with them. */
  readonly typed?: boolean;
}

const TYPING_MS = 600;
const STEPS = { vertical: ["ArrowUp", "ArrowDown"], horizontal: ["ArrowLeft", "ArrowRight"] } as const;

/** Attachment of the list. */
export function roving({ items, axis = "vertical", typed = false }: Roving): (list: HTMLElement) => () => void {
  return (list) => {
    const all = () => [...list.querySelectorAll<HTMLElement>(items)];
    let letters = "";
    let last = 0;

    function settle(): void {
      const found = all();
      const current = found.find((one) => one === document.activeElement)
        ?? found.find((one) => one.tabIndex === 0 && one.dataset["stop"] !== undefined)
        ?? found.find((one) => one.matches("[aria-selected=true], [aria-checked=true], [aria-current]"))
        ?? found[0];
      for (const one of found) mark(one, one === current);
    }

    function step(key: string): number {
      const forth = document.dir === "rtl" ? -1 : 1;
      if (axis !== "horizontal" && key === STEPS.vertical[0]) return -1;
      if (axis !== "horizontal" && key === STEPS.vertical[1]) return 1;
      if (axis !== "vertical" && key === STEPS.horizontal[0]) return -forth;
      if (axis !== "vertical" && key === STEPS.horizontal[1]) return forth;
      return 0;
    }

    function wanted(event: KeyboardEvent, found: readonly HTMLElement[], at: number): HTMLElement | undefined {
      if (event.key === "Home") return found[0];
      if (event.key === "End") return found.at(-1);
      const by = step(event.key);
      if (by !== 0) return found[at < 0 ? (by > 0 ? 0 : found.length - 1) : (at + by + found.length) % found.length];
      return typed && event.key.length === 1 && event.key !== " " ? typedTo(event, found, at) : undefined;
    }

    function typedTo(event: KeyboardEvent, found: readonly HTMLElement[], at: number): HTMLElement | undefined {
      letters = event.timeStamp - last < TYPING_MS ? letters + event.key.toLowerCase() : event.key.toLowerCase();
      last = event.timeStamp;
      const from = letters.length > 1 ? at : at + 1;
      return [...found.slice(from), ...found.slice(0, from)].find((one) => one.textContent.trim().toLowerCase().startsWith(letters));
    }

    function pressed(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      const found = all();
      const at = found.findIndex((one) => one === document.activeElement || one.contains(document.activeElement));
      if (at >= 0 && found[at] !== document.activeElement && document.activeElement?.matches("input, textarea, select")) return;
      const next = wanted(event, found, at);
      if (next === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      next.focus();
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    }

    const watch = new MutationObserver(settle);
    watch.observe(list, { childList: true, subtree: true });
    list.addEventListener("keydown", pressed);
    list.addEventListener("focusin", settle);
    settle();
    return () => {
      watch.disconnect();
      list.removeEventListener("keydown", pressed);
      list.removeEventListener("focusin", settle);
    };
  };
}

function mark(item: HTMLElement, isStop: boolean): void {
  item.tabIndex = isStop ? 0 : -1;
  item.toggleAttribute("data-stop", isStop);
}
