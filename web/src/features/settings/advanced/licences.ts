/** What others have made that the client stands on. */

export const LICENCES: readonly (readonly [name: string, licence: string])[] = [
  ["Rift", "AGPL-3.0-or-later"],
  ["Atkinson Hyperlegible Next, Atkinson Hyperlegible Mono", "OFL-1.1"],
  ["Bricolage Grotesque", "OFL-1.1"],
  ["emojibase-data", "MIT"],
  ["Floating UI", "MIT"],
  ["highlight.js", "BSD-3-Clause"],
  ["idb", "ISC"],
  ["Lucide", "ISC"],
  ["Pragmatic drag and drop", "Apache-2.0"],
  ["Svelte", "MIT"],
  ["ThumbHash", "MIT"],
  ["uqr", "MIT"],
  ["virtua", "MIT"],
];
