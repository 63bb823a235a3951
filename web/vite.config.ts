/** How the client is built: one chunk per screen, hashed names, a service worker, and a .gz and .br beside each text file. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin, type Rolldown, type Rollup } from "vite";

const TEXT = /\.(html|js|css|svg|json|txt|webmanifest)$/;
const WORTH_BYTES = 512;

/** Compress once at build time, so that the server only picks a file. */
function precompress(): Plugin {
  let out = "dist";
  return {
    name: "precompress",
    apply: "build",
    configResolved(config) {
      out = config.build.outDir;
    },
    closeBundle() {
      for (const name of readdirSync(out, { recursive: true, encoding: "utf8" })) {
        if (!TEXT.test(name)) continue;
        const file = join(out, name);
        const bytes = readFileSync(file);
        if (bytes.length < WORTH_BYTES) continue;
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(`${file}.br`, brotliCompressSync(bytes));
      }
    },
  };
}

/** Where each of the icon set's drawings lies, by its names. */
function drawings(barrel: string): ReadonlyMap<string, string> {
  const lines = readFileSync(barrel, "utf8").matchAll(/^export \{(.+)\} from '(.+)';$/gm);
  const named = [...lines].flatMap(([, names = "", file = ""]) =>
    [...names.matchAll(/default as (\w+)/g)].map(([, name = ""]) => [name, join(dirname(barrel), file)] as const),
  );
  return new Map(named);
}

/** Drawings are imported one by one: each goes with the part that shows it, and not all with the first. */
function icons(): Plugin {
  const IMPORT = /import \{([^}]+)\} from "lucide";/g;
  let files: ReadonlyMap<string, string> = new Map();
  const single = (name: string): string => {
    const [drawn = "", local = drawn] = name.trim().split(" as ");
    return `import ${local} from ${JSON.stringify(files.get(drawn))};`;
  };
  return {
    name: "icons",
    apply: "build",
    async buildStart() {
      const barrel = await this.resolve("lucide");
      if (barrel !== null) files = drawings(barrel.id);
    },
    transform(code, id) {
      if (id.includes("node_modules")) return null;
      return code.replace(IMPORT, (_, names: string) => names.split(",").filter((it) => it.trim() !== "").map(single).join(""));
    },
  };
}

/** The entry of the service worker, which has an address of its own and knows what the build made. */
const WORKER = "src/worker/worker.ts";
/** Rooms that open without the server. */
const KEPT = /features\/(chat\/Chat\.svelte|Member\.svelte)$|i18n\/\w+\/near\.ts$/;

/** What is needed from the first moment on, and what where people talk: each is one file, which packs better than many. */
const PARTS: readonly (readonly [name: string, starts: readonly string[]])[] = [
  ["start", ["src/main.ts"]],
  ["door", ["src/features/login/Login.svelte", "src/features/login/Register.svelte"]],
  ["chat", ["src/features/chat/Chat.svelte", "src/features/Member.svelte"]],
];

type Modules = Pick<Rolldown.ChunkingContext, "getModuleInfo">;

/** Some modules and all that they import at once. */
function closure(starts: readonly string[], modules: Modules): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = starts.map((start) => join(import.meta.dirname, start));
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(modules.getModuleInfo(id)?.importedIds ?? []));
  }
  return found;
}

/** Drawings that several seldom parts show: one file instead of one for each. */
const SHARED_DRAWINGS: Rolldown.CodeSplittingGroup = {
  name: (id, modules) => (id.includes("/lucide/") && (modules.getModuleInfo(id)?.importers.length ?? 0) > 1 ? "icons" : null),
  debugName: "icons",
  priority: 0,
};

/** One group for each part, the first before the next; what is in none is split as the bundler sees fit. */
function groups(): Rolldown.CodeSplittingGroup[] {
  const parts = PARTS.map(([name, starts], place) => {
    let ids: ReadonlySet<string> | undefined;
    return {
      name: (id: string, modules: Modules) => ((ids ??= closure(starts, modules)).has(id) ? name : null),
      debugName: name,
      priority: PARTS.length - place,
    };
  });
  return [...parts, SHARED_DRAWINGS];
}

/** Of a chunk, it and all that it cannot do without: other chunks, styles, fonts. */
function needed(bundle: Rollup.OutputBundle, name: string, found = new Set<string>()): Set<string> {
  const chunk = bundle[name];
  if (chunk === undefined || found.has(name)) return found;
  found.add(name);
  if (chunk.type !== "chunk") return found;
  const { importedAssets, importedCss } = chunk.viteMetadata ?? { importedAssets: [], importedCss: [] };
  for (const other of [...chunk.imports, ...importedAssets, ...importedCss]) needed(bundle, other, found);
  return found;
}

/** Tells the service worker which files open the client, and which build they are of. */
function shell(): Plugin {
  return {
    name: "shell",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((it) => it.type === "chunk");
      const worker = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(WORKER));
      if (worker === undefined) return;
      const starts = chunks.filter((it) => (it.isEntry && it !== worker) || KEPT.test(it.facadeModuleId ?? ""));
      const fonts = Object.keys(bundle).filter((name) => name.endsWith(".woff2"));
      const all = starts.flatMap(({ fileName }) => [...needed(bundle, fileName)]);
      const files = new Set([...all.filter((name) => /\.(js|css)$/.test(name)), ...fonts]);
      const list = [...files].sort().map((name) => `/${name}`);
      const build = createHash("sha256").update(JSON.stringify(list)).digest("hex").slice(0, 12);
      worker.code = `const SHELL=${JSON.stringify(list)},BUILD=${JSON.stringify(build)};${worker.code}`;
    },
  };
}

/** A test that says `@vitest-environment client` has the half of Svelte that is for pages; in the other no effect runs. */
const TESTED = {
  conditions: ["browser"],
  alias: { "vitest-environment-client": join(import.meta.dirname, "src/store/client.env.ts") },
};

const server = process.env["RIFT_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  ...(process.env["VITEST"] !== undefined && { resolve: TESTED }),
  plugins: [svelte(), icons(), shell(), precompress()],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: "index.html", worker: WORKER },
      output: {
        entryFileNames: ({ name }) => (name === "worker" ? "worker.js" : "assets/[name]-[hash].js"),
        codeSplitting: { groups: groups() },
      },
    },
  },
  server: {
    proxy: {
      "/api": server,
      "/cdn": server,
      "/gateway": { target: server, ws: true },
    },
  },
});
