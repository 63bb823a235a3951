/** A message changes what was said last in its channel, and nothing else of it. */
import { expect, test } from "vitest";
import { Channels } from "./channels";

const channel = (id: string, more: object = {}) => ({ id, guild_id: "9", type: 0, name: "talk", last_message_id: null, ...more }) as never;

function begun(): Channels {
  const channels = new Channels(() => undefined);
  channels.on.READY?.({ guilds: [{ id: "9", channels: [channel("1"), channel("2", { last_message_id: "20" })] }], private_channels: [] } as never);
  return channels;
}

test("a message leaves the record of its channel as it is", () => {
  const channels = begun();
  const before = channels.byId.get("1");
  channels.on.MESSAGE_CREATE?.({ channel_id: "1", id: "30" } as never);
  expect(channels.byId.get("1")).toBe(before);
  expect([channels.lastIn("1"), channels.lastIn("2"), channels.lastIn("3")]).toEqual(["30", "20", null]);
});

test("a channel that changes keeps what was said last, and one that goes takes it along", () => {
  const channels = begun();
  channels.on.CHANNEL_UPDATE?.(channel("2", { name: "loud" }));
  expect([channels.byId.get("2")?.name, channels.lastIn("2")]).toEqual(["loud", "20"]);
  channels.on.CHANNEL_DELETE?.(channel("2"));
  expect(channels.lastIn("2")).toBeNull();
  channels.on.MESSAGE_CREATE?.({ channel_id: "2", id: "40" } as never);
  expect(channels.lastIn("2")).toBeNull();
});
