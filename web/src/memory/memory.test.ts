/** What was known is known again. */
import { expect, test } from "vitest";
import type { Message } from "../wire/types";
import { World } from "../world/world";
import { Memory } from "./memory";

function drawer(value?: unknown) {
  const kept = { value };
  return {
    kept,
    keeper: {
      get: () => Promise.resolve(kept.value),
      put: (next: unknown) => {
        kept.value = structuredClone(next);
        return Promise.resolve();
      },
    },
  };
}

const message = (id: number) => ({ id: String(id), channel_id: "7", author: { id: "1" }, mentions: [] }) as unknown as Message;
const page = Array.from({ length: 80 }, (_, at) => message(100 + at)).reverse();

test("a world opens again as it was, with the last messages of what was open", async () => {
  const { keeper } = drawer();
  const world = new World();
  world.messages.take("7", "latest", page, false);
  world.people.learn([{ id: "1", username: "ada" } as never]);
  await new Memory(keeper).keep(world);

  const again = new World();
  again.recall((await new Memory(keeper).kept()) ?? []);
  expect(again.people.users.get("1")?.username).toBe("ada");
  const { messages, fromStart, toEnd } = again.messages.of("7");
  expect([messages.length, messages.at(-1)?.id, fromStart, toEnd]).toEqual([50, "179", false, true]);
});

test("a stretch that does not reach the end is not worth keeping", async () => {
  const { keeper } = drawer();
  const world = new World();
  world.messages.take("7", "before", page, true);
  await new Memory(keeper).keep(world);
  const again = new World();
  again.recall((await new Memory(keeper).kept()) ?? []);
  expect(again.messages.of("7").messages).toEqual([]);
});

test("what another version kept is as good as nothing", async () => {
  expect(await new Memory(drawer({ version: 0, dump: [] }).keeper).kept()).toBeNull();
  expect(await new Memory(drawer().keeper).kept()).toBeNull();
});
