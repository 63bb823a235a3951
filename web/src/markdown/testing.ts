/** A small world for the tests: some names, and times that say what they were asked. */
import type { Context } from "./context";

export const CONTEXT: Context = {
  isRevealed: false,
  words: {
    spoiler: "Spoiler",
    copy: "Copy",
    unknownUser: "unknown user",
    unknownRole: "unknown role",
    unknownChannel: "unknown channel",
    places: { guide: "Guide", browse: "Channels", customize: "Customise", "linked-roles": "Linked roles" },
  },
  user: (id) => (id === "1" ? { name: "Ada" } : undefined),
  role: (id) => (id === "2" ? { name: "Crew", hue: 145 } : id === "3" ? { name: "Plain", hue: undefined } : undefined),
  channel: (id) => (id === "4" ? { name: "general", href: "/channels/9/4", kind: "text" } : undefined),
  time: (at, style) => `${at} as ${style}`,
  emoji: (id, isAnimated) => `/cdn/emojis/${id}.${isAnimated ? "gif" : "webp"}`,
  picture: () => undefined,
  date: (at) => `the date of ${at}`,
};
