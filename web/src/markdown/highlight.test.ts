/** Code in colours is the same code, in every language there is. */
import { describe, expect, test } from "vitest";
import { GRAMMARS } from "./grammars";
import { colours } from "./highlight";
import { coloured } from "./html";
import { ALIASES, LANGUAGES } from "./languages";

const HOSTILE = `<script>alert("x" & 'y')</script> /* <b> */ # <img src=x onerror=a> // ]]> \${a} {{b}} <?php ?> 'c`;

function textOf(html: string): string {
  const bare = html.replace(/<[^>]*>/g, "");
  return bare.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&");
}

describe("colours", () => {
  test("are spans with the highlighter's classes", async () => {
    expect(await colours("const a = 1 < 2;", "js")).toBe(
      '<span class="hljs-keyword">const</span> a = <span class="hljs-number">1</span> &lt; <span class="hljs-number">2</span>;',
    );
  });

  test.each(["brainrot", "", "constructor", "__proto__", "toString", "ansi"])("are none for the tag %j", async (tag) => {
    expect(await colours("a", tag)).toBeUndefined();
  });

  test("are none for code that would take long", async () => {
    expect(await colours("a".repeat(100_001), "js")).toBeUndefined();
  });

  test.each(Object.keys(GRAMMARS))("of %s leave a hostile text as it is", async (language) => {
    const html = await colours(HOSTILE, language);
    expect(html && textOf(html)).toBe(HOSTILE);
  });

  test("are known under other tags", async () => {
    expect(Object.keys(GRAMMARS)).toEqual([...LANGUAGES]);
    expect(Object.values(ALIASES).filter((language) => !LANGUAGES.has(language))).toEqual([]);
    expect(await colours("x = 1", "py")).toBe(await colours("x = 1", "python"));
  });
});

test.each(["<b>a</b>", '<span style="a">b</span>', '<span class="a" onclick="b">c</span>', "<span>a</span>", "</div>", "<!-- a -->"])(
  "%s is no colour",
  (html) => expect(coloured(html)).toBeUndefined(),
);
