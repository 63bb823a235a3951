import { describe, expect, test } from "vitest";
import { parse } from "../../markdown/parse";
import { isReadable, languageOf } from "./files/kinds";
import { codesIn } from "./invites";
import { sizeInWords } from "./sizes";

describe("invites in a text", () => {
  const codes = (text: string) => codesIn(parse(text), "https://rift.example");

  test("those of our own place are found, each once", () => {
    expect(codes("come: https://rift.example/invite/abc and https://rift.example/invite/abc")).toEqual(["abc"]);
    expect(codes("**[here](https://rift.example/invite/x-1)**")).toEqual(["x-1"]);
  });

  test("others, hidden ones and those without a preview are left alone", () => {
    expect(codes("https://elsewhere.example/invite/abc ||https://rift.example/invite/a|| <https://rift.example/invite/b>")).toEqual([]);
  });
});

describe("files", () => {
  test("sizes are said in the largest unit that fits", () => {
    expect(sizeInWords(0, "en")).toBe("0 byte");
    expect(sizeInWords(1536, "en")).toBe("1.5 kB");
    expect(sizeInWords(240 * 1024 * 1024, "en")).toBe("240 MB");
  });

  test("code and text can be read here, unless they are large", () => {
    const file = { id: "1", url: "", proxy_url: "" };
    expect(isReadable({ ...file, filename: "coil.py", size: 10 })).toBe(true);
    expect(isReadable({ ...file, filename: "coil.py", size: 10_000_000 })).toBe(false);
    expect(isReadable({ ...file, filename: "coil.zip", size: 10 })).toBe(false);
    expect(languageOf("a.yml")).toBe("yaml");
    expect(languageOf("a.txt")).toBe("plaintext");
  });
});
