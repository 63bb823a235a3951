/** Commands as they are offered. */
import { expect, test } from "vitest";
import type { CommandIndex, CommandOption, IndexCommand } from "../../wire/types";
import { matching, usable, OF_MESSAGE, WORDS } from "./usable";

const option = (type: number, name: string, options: readonly CommandOption[] = []): CommandOption => ({ type, name, description: `${name}?`, options });

function command(id: string, name: string, more: Partial<IndexCommand> = {}): IndexCommand {
  return { id, application_id: "1", version: "1", type: WORDS, name, description: "", default_member_permissions: null, nsfw: false, ...more };
}

const INDEX: CommandIndex = {
  applications: [{ id: "1", name: "Dice", description: "", icon: null, flags: "0" }],
  application_commands: [
    command("3", "roll", { options: [option(4, "sides")] }),
    command("2", "deck", { options: [option(1, "draw", [option(4, "n")]), option(2, "pile", [option(1, "add"), option(1, "drop")])] }),
    command("4", "bet", { nsfw: true }),
    command("5", "quiet", { permissions: { channels: { "7": false } } }),
    command("6", "shy", { permissions: { channels: { "8": true, "99": false } } }),
    command("7", "Quote", { type: OF_MESSAGE }),
  ],
  version: "1",
};
const SPOT = { channelId: "7", guildId: "100", isGrownUp: false };
const names = (spot = SPOT, type = WORDS) => usable([INDEX, INDEX], spot, type).map(({ name }) => name);

test("each sub-command is one, and none is offered where it cannot be used", () => {
  expect(names()).toEqual(["deck draw", "deck pile add", "deck pile drop", "roll"]);
  expect(names({ ...SPOT, channelId: "8", isGrownUp: true })).toEqual(["bet", "deck draw", "deck pile add", "deck pile drop", "quiet", "roll", "shy"]);
  expect(names(SPOT, OF_MESSAGE)).toEqual(["Quote"]);
});

test("what was typed finds the beginning of a name first, and a whole name with more behind it", () => {
  const all = usable([INDEX], SPOT, WORDS);
  const found = (typed: string) => matching(all, typed).map(({ name }) => name);
  expect(found("d")).toEqual(["deck draw", "deck pile add", "deck pile drop"]);
  expect(found("drop")).toEqual(["deck pile drop"]);
  expect(found("roll 6")).toEqual(["roll"]);
  expect(found("nothing")).toEqual([]);
  expect(matching(all, "deck draw")[0]?.options.map(({ name }) => name)).toEqual(["n"]);
});
