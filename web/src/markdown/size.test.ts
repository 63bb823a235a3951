/** What every reader of a message downloads: the parser and the renderer, without languages for code. */
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { expect, test } from "vitest";

const MOST_BYTES = 8 * 1024;
const PARTS = ["parse", "rules", "emoji", "render", "plain", "policy", "time"];

test("the parser and the renderer are small", async () => {
  const built = (await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      target: "es2022",
      minify: true,
      lib: { entry: PARTS.map((part) => `src/markdown/${part}.ts`), formats: ["es"] },
    },
  })) as Rolldown.RolldownOutput[];
  const code = built.flatMap(({ output }) => output.map((chunk) => (chunk.type === "chunk" ? chunk.code : ""))).join("");
  expect(code.length).toBeGreaterThan(MOST_BYTES);
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(MOST_BYTES);
});
