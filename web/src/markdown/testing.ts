/** A small world for the tests: some names, and times that say what they were asked. */
import type { Context, Mentioned, Role } from "./context";

const users: Readonly<Record<string, Mentioned>> = { "1": { name: "Ada", isMe: false }, "6": { name: "Reader", isMe: true } };
const roles: Readonly<Record<string, Role>> = {
  "2": { name: "Crew", hue: 145, isMe: false },
  "3": { name: "Plain", hue: undefined, isMe: true },
};

export const CONTEXT: Context = {
  isRevealed: false,
  isCalled: true,
  words: {
    spoiler: "Spoiler",
    copy: "Copy",
    wrap: "Wrap",
    unknownUser: "unknown user",
    unknownRole: "unknown role",
    unknownChannel: "unknown channel",
    places: { guide: "Guide", browse: "Channels", customize: "Customise", "linked-roles": "Linked roles" },
  },
  user: (id) => users[id],
  role: (id) => roles[id],
  channel: (id) => (id === "4" ? { name: "general", href: "/channels/9/4", kind: "text" } : undefined),
  time: (at, style) => `${at} as ${style}`,
  emoji: (id, isAnimated) => `/cdn/emojis/${id}.${isAnimated ? "gif" : "webp"}`,
  picture: () => undefined,
  date: (at) => `the date of ${at}`,
};
