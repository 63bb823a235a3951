/** What a push says, and which addresses are screens of the client. */

export interface Pushed {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly url: string;
  readonly icon: string;
  readonly badge?: number;
  readonly timestamp: number;
  readonly subscription_id: string;
  readonly receipt: string;
}

interface Notice {
  readonly title: string;
  readonly options: NotificationOptions & { readonly timestamp: number; readonly renotify: boolean };
}

/** The server's own words and addresses, but only those that lead to this site. */
export function toNotice({ title, body, tag, url, icon, timestamp }: Pushed): Notice {
  const inside = (path: string) => (path.startsWith("/") && !path.startsWith("//") ? path : "/");
  return {
    title,
    options: {
      body,
      tag,
      timestamp,
      renotify: true,
      icon: icon === "" ? "/icons/192.png" : icon,
      badge: "/icons/badge.png",
      data: { url: inside(url) },
    },
  };
}

const SCREENS: ReadonlySet<string> = new Set([
  "",
  "channels",
  "events",
  "settings",
  "guilds",
  "developers",
  "admin",
  "invite",
  "login",
  "register",
  "share",
]);

/** Screens that need the server anyway, such as the first setup, are left to it. */
export function isScreen(path: string): boolean {
  return SCREENS.has(path.split("/")[1] ?? "");
}
