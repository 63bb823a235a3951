import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** Which folder may import which: screens join the parts, the parts do not know one another. */
const rooms = {
  ui: ["tabs", "store", "sync", "rest", "gateway", "features"],
  rest: ["tabs", "sync", "ui", "store", "gateway", "features", "i18n", "markdown"],
  i18n: ["tabs", "sync", "ui", "store", "rest", "gateway", "features", "markdown"],
  store: ["ui", "features", "i18n"],
  memory: ["tabs", "ui", "store", "rest", "gateway", "features", "i18n", "markdown", "sync"],
  tabs: ["sync", "ui", "store", "rest", "features", "i18n", "markdown"],
  world: ["tabs", "sync", "ui", "store", "rest", "gateway", "features", "i18n", "markdown"],
  sync: ["ui", "store", "features", "i18n", "markdown"],
  gateway: ["tabs", "ui", "store", "rest", "sync", "features", "i18n", "markdown"],
  permissions: ["tabs", "sync", "ui", "store", "rest", "gateway", "world", "features", "i18n", "markdown"],
  markdown: ["tabs", "sync", "ui", "store", "rest", "gateway", "world", "permissions", "features", "i18n"],
};

/** Rooms that run without a page, and their files that are there to touch it. */
const pageless = {
  memory: ["browser.ts"],
  world: [],
  gateway: ["browser.ts"],
  sync: ["browser.ts"],
  tabs: ["browser.ts", "turn.ts"],
  permissions: [],
  markdown: ["policy.ts", "highlight.ts"],
};

const PAGE = ["document", "window", "self", "location", "history", "navigator", "localStorage", "sessionStorage", "HTMLElement", "Element"];

const walls = Object.entries(rooms).map(([room, others]) => ({
  files: [`src/${room}/**`],
  rules: {
    "no-restricted-imports": [
      "error",
      { patterns: [{ group: others.map((other) => `**/${other}/**`) }] },
    ],
  },
}));

const roofs = Object.entries(pageless).map(([room, except]) => ({
  files: [`src/${room}/**`],
  ignores: except.map((file) => `src/${room}/${file}`),
  rules: { "no-restricted-globals": ["error", ...PAGE] },
}));

export default ts.config(
  { ignores: ["dist", "node_modules", "src/wire", "eslint.config.js", "svelte.config.js"] },
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: [".svelte"],
      },
    },
    rules: {
      eqeqeq: "error",
      "no-empty": ["error", { allowEmptyCatch: false }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  // svelte-check knows the types of components; rules that ask for them there take minutes.
  { files: ["**/*.svelte"], ...ts.configs.disableTypeChecked },
  {
    files: ["src/store/**", "src/features/**/*.svelte.ts"],
    // Stores replace whole maps in $state.raw; nothing mutates one that is shown.
    rules: { "svelte/prefer-svelte-reactivity": "off" },
  },
  ...walls,
  ...roofs,
);
