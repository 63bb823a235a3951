import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** Which folder may import which: screens join the parts, the parts do not know one another. */
const rooms = {
  ui: ["store", "rest", "gateway", "features"],
  rest: ["ui", "store", "gateway", "features", "i18n"],
  i18n: ["ui", "store", "rest", "gateway", "features"],
  store: ["ui", "features", "i18n"],
};

const walls = Object.entries(rooms).map(([room, others]) => ({
  files: [`src/${room}/**`],
  rules: {
    "no-restricted-imports": [
      "error",
      { patterns: [{ group: others.map((other) => `**/${other}/**`) }] },
    ],
  },
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
  {
    files: ["src/store/**"],
    // Stores replace whole maps in $state.raw; nothing mutates one that is shown.
    rules: { "svelte/prefer-svelte-reactivity": "off" },
  },
  ...walls,
);
