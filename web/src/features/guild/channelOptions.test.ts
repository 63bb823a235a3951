/** Channels to choose from, with whole categories where these can be meant. */
import { expect, test } from "vitest";
import { World } from "../../world/world";
import { channelChoices, placeChoices } from "./channelOptions";

const [TEXT, VOICE, CATEGORY] = [0, 2, 4];

function workshop(): World {
  const world = new World();
  world.people.me = "1";
  world.guilds.byId.set("9", { id: "9", owner_id: "1" } as never);
  world.people.meet("9", [{ user: { id: "1" }, roles: [] }] as never);
  const channel = (id: string, type: number, name: string, parent_id: string | null = null) => ({ id, guild_id: "9", type, name, parent_id, position: 0, permission_overwrites: [] });
  const channels = [channel("1", TEXT, "hall"), channel("2", CATEGORY, "Workshop"), channel("3", TEXT, "wires", "2"), channel("4", VOICE, "bench", "2")];
  for (const one of channels) world.receive("CHANNEL_CREATE", one as never);
  return world;
}

const labels = (options: readonly { readonly label: string }[]) => options.map(({ label }) => label);

test("categories stand before what is in them, and only among places", () => {
  expect(labels(placeChoices(workshop(), "9"))).toEqual(["#hall", "Workshop", "#wires", "#bench"]);
  expect(labels(channelChoices(workshop(), "9", new Set([TEXT])))).toEqual(["#hall", "#wires"]);
});
