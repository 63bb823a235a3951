/** What somebody chose for this device: looks, sounds and habits that are nobody else's business. */
import { kept, type Keep } from "./session.svelte";

/** What a sound may be played for. */
export const SOUNDS = ["mention", "direct", "message"] as const;
export type Sound = (typeof SOUNDS)[number];

export const DEFAULTS = {
  /** "" follows the system. */
  theme: "" as "" | "dark" | "light" | "black" | "contrast" | "contrast-light",
  density: "cosy" as "compact" | "cosy" | "airy",
  /** Of the seam, by its name in the palette. */
  hue: "apricot" as "apricot" | "rose" | "lichen" | "verdigris" | "iris",
  /** Pixels of a message's text. */
  fontSize: 15,
  /** Percent of the size everything was drawn in. */
  zoom: 100,
  /** Percent of the strength colours have. */
  saturation: 100,
  /** Messages of one author that are this many minutes apart stand under one name. */
  groupMinutes: 7,
  roleColours: "names" as "names" | "dots" | "none",
  motion: "system" as "system" | "reduced",
  /** When GIFs and animated emoji move. */
  animate: "always" as "always" | "hover",
  /** Of pages behind links, drawn by the server. */
  previews: true,
  /** Links one sends go without previews, for everybody. */
  bareLinks: false,
  spoilers: "click" as "click" | "shown",
  openAt: "unread" as "unread" | "end",
  sendWith: "enter" as "enter" | "ctrl-enter",
  membersShown: true,
  developer: false,
  typing: true,
  /** Keys that were bound anew, by the name of what they do. */
  keys: {} as Readonly<Record<string, string>>,
  sounds: true,
  /** Those that are not played even where sounds are. */
  silentSounds: [] as readonly Sound[],
  soundVolume: 0.6,
  desktop: false,
  mediaVolume: 1,
  /** Of what others play in a voice channel. */
  boardVolume: 1,
  boardFavourites: [] as readonly string[],
  /** Whose sounds are not heard here. */
  boardSilenced: [] as readonly string[],
  /** Whether one hears nothing where one sits. */
  deaf: false,
  inboxTab: "unreads" as "forYou" | "unreads" | "mentions" | "saved" | "scheduled",
  emojiTone: 0,
  /** How often, the one used last first; a character, or `:name:id` of a server's emoji. */
  emojiUses: {} as Readonly<Record<string, number>>,
  emojiFavourites: [] as readonly string[],
  /** What one reacted with last: characters, or `:name:id` of a server's emoji. */
  reactions: ["👍", "🔥", "❤️"] as readonly string[],
};

export type Chosen = typeof DEFAULTS;

const KEY = "rift.preferences";

export class Preferences {
  #chosen = $state.raw<Chosen>(DEFAULTS);
  readonly #keep: Keep;

  constructor(keep: Keep) {
    this.#keep = keep;
    this.#chosen = { ...DEFAULTS, ...(kept(keep, KEY) as Partial<Chosen> | null) };
  }

  get all(): Chosen {
    return this.#chosen;
  }

  set(change: Partial<Chosen>): void {
    this.#chosen = { ...this.#chosen, ...change };
    const changed = Object.entries(this.#chosen).filter(([name, value]) => value !== DEFAULTS[name as keyof Chosen]);
    this.#keep.setItem(KEY, JSON.stringify(Object.fromEntries(changed)));
  }
}
