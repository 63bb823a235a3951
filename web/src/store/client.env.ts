/** A place for tests without a page where Svelte is compiled as for one, so that effects run. */
import type { Environment } from "vitest/runtime";

const client: Environment = {
  name: "client",
  viteEnvironment: "client",
  setup: () => ({ teardown: () => undefined }),
};

export default client;
