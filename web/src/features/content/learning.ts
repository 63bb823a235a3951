/** Who wrote messages that came with an answer, and whom they call, is known from then on. */
import type { Message } from "../../wire/types";
import type { World } from "../../world/world";

export function learnFrom(world: World, messages: readonly Message[]): void {
  world.people.learn(messages.filter(({ webhook_id }) => webhook_id === undefined).map(({ author }) => author));
  world.people.learn(messages.flatMap(({ mentions }) => mentions));
}
