import { describe, expect, test } from "vitest";
import type { Attachment } from "../../wire/types";
import { isHidden, mediaOfEmbed, shownName, sortedOut } from "./media";

const file = (filename: string, more: Partial<Attachment> = {}): Attachment => ({ id: "1", filename, size: 1, url: "/a", proxy_url: "/b", ...more });

describe("files of a message", () => {
  test("each is sorted by what it is", () => {
    const sorted = sortedOut([
      file("a.png", { content_type: "image/png", width: 3, height: 2 }),
      file("b.mp4", { content_type: "video/mp4" }),
      file("c.ogg", { content_type: "audio/ogg" }),
      file("d.svg", { content_type: "image/svg+xml", width: 3, height: 2 }),
      file("e.png", { content_type: "image/png" }),
    ]);
    const names = (all: readonly Attachment[]) => all.map(({ filename }) => filename);
    expect(names(sorted.pictures)).toEqual(["a.png"]);
    expect(names(sorted.films)).toEqual(["b.mp4"]);
    expect(names(sorted.sounds)).toEqual(["c.ogg"]);
    expect(names(sorted.files)).toEqual(["d.svg", "e.png"]);
  });

  test("a spoiler is one by its name or by its flag, and is called without it", () => {
    expect(isHidden(file("SPOILER_end.png"))).toBe(true);
    expect(isHidden(file("end.png", { flags: 8 }))).toBe(true);
    expect(isHidden(file("end.png"))).toBe(false);
    expect(shownName(file("SPOILER_end.png"))).toBe("end.png");
    expect(shownName(file("x_1.png", { title: "Sunset" }))).toBe("Sunset.png");
  });

  test("what our server has not fetched is not shown", () => {
    expect(mediaOfEmbed({ url: "https://elsewhere.example/a.png", width: 1, height: 1 })).toBeUndefined();
    expect(mediaOfEmbed({ url: "https://elsewhere.example/a.png", proxy_url: "/cdn/a", width: 1, height: 1 })?.proxyUrl).toBe("/cdn/a");
  });
});
