/** What can be done from the switcher without going anywhere. */
import { Bell, Inbox, Moon, PanelRight, Settings2, Sun, Users, Wind } from "lucide";
import type { Drawing } from "../../ui/icons";
import type { App } from "../app";
import { folded, match } from "./scoring";

export interface Command {
  readonly id: string;
  readonly name: string;
  /** Where else it can be done. */
  readonly where: string;
  readonly icon: Drawing;
  /** How it is now. */
  readonly state?: string;
  readonly run: () => void;
}

export interface FoundCommand {
  readonly command: Command;
  readonly marks: readonly number[];
}

const MOST = 6;

function switches({ preferences, speech }: App): readonly Command[] {
  const { say } = speech;
  const { motion, membersShown, sounds } = preferences.all;
  const state = (on: boolean) => say(on ? "switcher.on" : "switcher.off");
  return [
    {
      id: "motion",
      name: say("switcher.command.motion"),
      where: say("switcher.command.appearance"),
      icon: Wind,
      state: state(motion === "reduced"),
      run: () => preferences.set({ motion: motion === "reduced" ? "system" : "reduced" }),
    },
    {
      id: "members",
      name: say("switcher.command.members"),
      where: "",
      icon: PanelRight,
      state: state(membersShown),
      run: () => preferences.set({ membersShown: !membersShown }),
    },
    {
      id: "sounds",
      name: say("switcher.command.sounds"),
      where: say("switcher.command.notifications"),
      icon: Bell,
      state: state(sounds),
      run: () => preferences.set({ sounds: !sounds }),
    },
  ];
}

export function commandsOf(app: App, openInbox: () => void): readonly Command[] {
  const { preferences, router, speech } = app;
  const { say } = speech;
  const theme = say("switcher.command.appearance");
  return [
    ...switches(app),
    { id: "dark", name: say("switcher.command.dark"), where: theme, icon: Moon, run: () => preferences.set({ theme: "dark" }) },
    { id: "light", name: say("switcher.command.light"), where: theme, icon: Sun, run: () => preferences.set({ theme: "light" }) },
    { id: "settings", name: say("switcher.command.settings"), where: "", icon: Settings2, run: () => router.go("/settings") },
    { id: "inbox", name: say("switcher.command.inbox"), where: "", icon: Inbox, run: openInbox },
    { id: "friends", name: say("switcher.command.friends"), where: "", icon: Users, run: () => router.go("/channels/@me") },
  ];
}

export function searchCommands(commands: readonly Command[], typed: string): readonly FoundCommand[] {
  const query = folded(typed.replace(/^>/, "")).trim();
  return commands
    .flatMap((command) => {
      const name = folded(command.name);
      const found = match(query, name);
      // What is done should be what was meant: its letters stand together.
      return found && name.includes(query) ? [{ command, marks: found.marks, score: found.score }] : [];
    })
    .sort((one, other) => other.score - one.score)
    .slice(0, typed.startsWith(">") ? commands.length : MOST);
}
