/** The address, and what is shown for it. */
import { beforeEach, expect, test, vi } from "vitest";
import { Router } from "./router.svelte";

const bar = { pathname: "/" };
const put = (_state: unknown, _title: string, to: string) => void (bar.pathname = to);

beforeEach(() => {
  bar.pathname = "/";
  vi.stubGlobal("location", bar);
  vi.stubGlobal("history", { pushState: put, replaceState: put });
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("scrollTo", () => undefined);
});

/** A router whose screens are fetched until they are said to be here. */
function slow(): { router: Router; arrive: (path: string) => Promise<void> } {
  const router = new Router();
  const waiting = new Map<string, () => void>();
  router.prepare = (path) => (path === "/" ? null : new Promise<void>((done) => waiting.set(path, done)));
  return { router, arrive: async (path) => Promise.resolve(waiting.get(path)?.()) };
}

test("where everything is here, the address is entered at once", () => {
  const router = new Router();
  router.go("/settings");
  expect(router.path).toBe("/settings");
});

test("while a screen is fetched the old one keeps its address", async () => {
  const { router, arrive } = slow();
  router.go("/settings");
  expect(bar.pathname).toBe("/settings");
  expect(router.path).toBe("/");
  await arrive("/settings");
  expect(router.path).toBe("/settings");
});

test("whoever has gone elsewhere meanwhile is not brought back", async () => {
  const { router, arrive } = slow();
  router.go("/settings");
  router.go("/admin");
  router.replace("/");
  await arrive("/settings");
  await arrive("/admin");
  expect(router.path).toBe("/");
});
