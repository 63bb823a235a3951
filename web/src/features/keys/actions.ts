/** What can be done by keys, in the order it is listed, and the keys each has until somebody binds others. */

export const ACTIONS = {
  "previous-channel": "Alt+ArrowUp",
  "next-channel": "Alt+ArrowDown",
  "previous-unread": "Alt+Shift+ArrowUp",
  "next-unread": "Alt+Shift+ArrowDown",
  "previous-mention": "Ctrl+Alt+Shift+ArrowUp",
  "next-mention": "Ctrl+Alt+Shift+ArrowDown",
  "previous-server": "Ctrl+Alt+ArrowUp",
  "next-server": "Ctrl+Alt+ArrowDown",
  "quick-switcher": "Ctrl+K",
  "mark-read": "Escape",
  "mark-server-read": "Shift+Escape",
  "oldest-unread": "Shift+PageUp",
  search: "Ctrl+F",
  "toggle-members": "Ctrl+U",
  "toggle-pins": "Ctrl+P",
  inbox: "Ctrl+I",
  "pick-emoji": "Ctrl+E",
  "pick-gif": "Ctrl+G",
  "pick-sticker": "Ctrl+S",
  upload: "Ctrl+Shift+U",
  settings: "Ctrl+,",
  shortcuts: "Ctrl+/",
} as const;

export type Action = keyof typeof ACTIONS;

export const ALL_ACTIONS = Object.keys(ACTIONS) as readonly Action[];

/** The groups they are listed in. */
export const GROUPS = {
  moving: ["previous-channel", "next-channel", "previous-unread", "next-unread", "previous-mention", "next-mention", "previous-server", "next-server", "quick-switcher"],
  reading: ["mark-read", "mark-server-read", "oldest-unread", "search", "toggle-members", "toggle-pins", "inbox"],
  writing: ["pick-emoji", "pick-gif", "pick-sticker", "upload"],
  app: ["settings", "shortcuts"],
} as const satisfies Record<string, readonly Action[]>;

export type Group = keyof typeof GROUPS;
export const ALL_GROUPS = Object.keys(GROUPS) as readonly Group[];

/** What somebody bound themselves, by action; an empty combination is none. */
export type Bound = Readonly<Record<string, string>>;

export function keysOf(action: Action, bound: Bound): string {
  return bound[action] ?? ACTIONS[action];
}

export function actionFor(keys: string, bound: Bound): Action | undefined {
  return keys === "" ? undefined : ALL_ACTIONS.find((action) => keysOf(action, bound) === keys);
}

/** Which other action has these keys already. */
export function conflict(action: Action, bound: Bound): Action | undefined {
  const keys = keysOf(action, bound);
  return keys === "" ? undefined : ALL_ACTIONS.find((other) => other !== action && keysOf(other, bound) === keys);
}

/** Bind keys; what is bound as it was from the start is not kept. */
export function bind(action: Action, keys: string, bound: Bound): Bound {
  const rest = Object.fromEntries(Object.entries(bound).filter(([other]) => other !== action));
  return keys === ACTIONS[action] ? rest : { ...rest, [action]: keys };
}
