/** The commands that can be used in a channel, as one types them: each sub-command is one of its own. */
import type { CommandIndex, CommandOption, IndexApplication, IndexCommand, IndexPermissions, Snowflake } from "../../wire/types";
import { best, fit } from "../composer/ranking";

export const WORDS = 1;
export const OF_PERSON = 2;
export const OF_MESSAGE = 3;

const SUB_COMMAND = 1;
const GROUP = 2;

export interface Usable {
  readonly key: string;
  readonly application: IndexApplication;
  readonly command: IndexCommand;
  /** The group and the sub-command, where it is one. */
  readonly path: readonly CommandOption[];
  /** All of it, as it is typed. */
  readonly name: string;
  readonly description: string;
  readonly options: readonly CommandOption[];
}

/** Where commands are looked for. */
export interface Spot {
  readonly channelId: Snowflake;
  readonly guildId: Snowflake | null;
  readonly isGrownUp: boolean;
}

/** What several indexes offer, each command once, application by application. */
export function usable(indexes: readonly CommandIndex[], spot: Spot, type: number): readonly Usable[] {
  const applications = new Map(indexes.flatMap((index) => index.applications).map((one) => [one.id, one]));
  const commands = new Map(indexes.flatMap((index) => index.application_commands).map((one) => [one.id, one]));
  const all = [...commands.values()].filter((command) => command.type === type && isFor(command, applications.get(command.application_id), spot));
  return [...applications.values()].flatMap((application) => {
    const own = all.filter(({ application_id }) => application_id === application.id).sort((one, other) => one.name.localeCompare(other.name));
    return own.flatMap((command) => spread(application, command));
  });
}

function isFor(command: IndexCommand, application: IndexApplication | undefined, spot: Spot): boolean {
  if (command.nsfw && !spot.isGrownUp) return false;
  if (spot.guildId === null) return true;
  const own = inChannel(command.permissions, spot.channelId, spot.guildId);
  return (own ?? inChannel(application?.permissions, spot.channelId, spot.guildId)) !== false;
}

/** What is said of the channel, or else of all channels, which go by the number before the server's. */
function inChannel(permissions: IndexPermissions | undefined, channelId: Snowflake, guildId: Snowflake): boolean | undefined {
  return permissions?.channels?.[channelId] ?? permissions?.channels?.[String(BigInt(guildId) - 1n)];
}

function spread(application: IndexApplication, command: IndexCommand): readonly Usable[] {
  const options = command.options ?? [];
  const parts = options.flatMap((option): (readonly CommandOption[])[] => {
    if (option.type === SUB_COMMAND) return [[option]];
    return option.type === GROUP ? (option.options ?? []).map((inner) => [option, inner]) : [];
  });
  const paths: readonly (readonly CommandOption[])[] = parts.length > 0 ? parts : [[]];
  return paths.map((path) => {
    const last = path.at(-1);
    const name = [command.name, ...path.map(calledHere)].join(" ");
    return { key: `${command.id} ${name}`, application, command, path, name, description: last === undefined ? command.description : (last.description_localized ?? last.description), options: (last === undefined ? options : last.options) ?? [] };
  });
}

/** What an option or a choice is called in the language of whoever asked. */
export function calledHere({ name, name_localized }: { readonly name: string; readonly name_localized?: string }): string {
  return name_localized ?? name;
}

const MOST = 50;

/** Those whose names begin like what was typed, then others with it; application by application where nothing was. */
export function matching(all: readonly Usable[], typed: string): readonly Usable[] {
  const query = typed.toLowerCase();
  const found = best(all, ({ name }) => fit(name.toLowerCase(), query), MOST);
  return found.length > 0 ? found : all.filter(({ name }) => query.startsWith(`${name.toLowerCase()} `)).slice(-1);
}
