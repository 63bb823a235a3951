import ts from "@typescript-eslint/parser";
import svelte from "eslint-plugin-svelte";
import svelteConfig from "./svelte.config.js";

/** What is Svelte's own; everything else of TypeScript is oxlint's (.oxlintrc.json), in a tenth of the time. */
export default [
  { files: ["**/*.ts"], languageOptions: { parser: ts } },
  ...svelte.configs.recommended,
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts, svelteConfig } },
    rules: { eqeqeq: "error" },
  },
  {
    files: ["src/store/**", "src/features/**/*.svelte.ts"],
    // Stores replace whole maps in $state.raw; nothing mutates one that is shown.
    rules: { "svelte/prefer-svelte-reactivity": "off" },
  },
];
