/** Fetches what is shown seldom together with its words. */
import type { App } from "./app";

export async function withWords<Module>({ speech }: Pick<App, "speech">, load: () => Promise<Module>): Promise<Module> {
  const [module] = await Promise.all([load(), speech.deepen()]);
  return module;
}
