/** What the pages of settings are called and where they are. */
import type { Drawing } from "./icons";

export interface SettingsPage {
  readonly name: string;
  readonly label: string;
  readonly icon: Drawing;
  readonly href: string;
  /** What else somebody might look for to find it. */
  readonly words?: string;
  readonly count?: number | undefined;
  /** How many things wait there. */
  readonly waiting?: number | undefined;
}

export interface SettingsGroup {
  readonly label?: string;
  readonly pages: readonly SettingsPage[];
}
