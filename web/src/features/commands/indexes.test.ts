/** The commands of a place, as they are fetched. */
import { expect, test, vi } from "vitest";
import { Unreachable } from "../../rest/errors";
import { World } from "../../world/world";
import { Indexes } from "./indexes";
import { WORDS } from "./usable";

const command = (id: string, name: string, contexts: readonly number[] | null = null) => ({ id, application_id: "1", version: "1", type: WORDS, name, description: "", default_member_permissions: null, nsfw: false, contexts });

function set() {
  const world = new World();
  for (const channel of [{ id: "7", guild_id: "9" }, { id: "8", guild_id: "9" }, { id: "5", recipients: [{ id: "1", bot: true }] }]) {
    world.receive("CHANNEL_CREATE", { type: 0, name: "hall", permission_overwrites: [], ...channel } as never);
  }
  const answer = (name: string) => {
    const own = name.includes("@me");
    return { applications: [{ id: "1", name: "Dice", description: "", icon: null, flags: "0" }], application_commands: own ? [command("3", "mine", [0])] : [command("2", "roll")], version: "1" };
  };
  const call = vi.fn((name: string) => Promise.resolve(answer(name)));
  return { indexes: new Indexes({ call } as never, { world }), call };
}

const names = async (indexes: Indexes, channelId: string) => (await indexes.of(channelId, WORDS)).map(({ name }) => name);

test("the channels of a server share what is fetched once, until the server says that it has changed", async () => {
  const { indexes, call } = set();
  expect(await names(indexes, "7")).toEqual(["mine", "roll"]);
  expect(await names(indexes, "8")).toEqual(["mine", "roll"]);
  expect(call).toHaveBeenCalledTimes(2);
  indexes.heard("GUILD_APPLICATION_COMMAND_INDEX_UPDATE", { guild_id: "9" });
  await indexes.of("7", WORDS);
  expect(call).toHaveBeenCalledTimes(4);
});

test("what one takes along is offered where it may be used, and nothing where the server is silent", async () => {
  const { indexes, call } = set();
  expect(await names(indexes, "5")).toEqual(["roll"]);
  call.mockImplementation(() => Promise.reject(new Unreachable("no answer")));
  expect(await names(indexes, "7")).toEqual([]);
  call.mockImplementation(() => Promise.resolve({ applications: [], application_commands: [], version: "0" }));
  expect(await names(indexes, "7")).toEqual([]);
  expect(call).toHaveBeenCalledTimes(6);
});
