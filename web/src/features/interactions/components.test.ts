/** What applications build, read. */
import { expect, test } from "vitest";
import { boundsOf, chosenAtFirst, emojiOf, fileOf, nameOfAddress, webAddress } from "./components";

const SELECT = { type: 3, id: 1, custom_id: "c" } as const;

test("no address but one of the web is followed, and a file goes by its name", () => {
  expect(webAddress("javascript:alert(1)")).toBeUndefined();
  expect(webAddress("https://example.org")).toBe("https://example.org");
  expect(["https://example.org/x/a%20b.png", "https://example.org/%E0%A4", "https://example.org/"].map(nameOfAddress)).toEqual(["a b.png", "%E0%A4", "https://example.org/"]);
});

test("a file of the message is shown as the component says", () => {
  const attachments = [{ id: "7", filename: "hill.png", size: 1, url: "u", proxy_url: "p", flags: 1 }];
  const shown = { media: { id: "7", url: "u", proxy_url: "p", attachment_id: "7" }, description: "A hill", spoiler: true };
  expect(fileOf({ attachments }, shown)).toMatchObject({ id: "7", description: "A hill", flags: 9 });
});

test("of what lies elsewhere only what our server has fetched is shown", () => {
  const url = "https://example.org/a.png";
  expect(fileOf({ attachments: [] }, { media: { id: "1", url, proxy_url: url } })).toBeUndefined();
  const fetched = { id: "1", url, proxy_url: "/cdn/previews/x", width: 8, height: 6, content_type: "image/png" };
  expect(fileOf({ attachments: [] }, { media: fetched })).toMatchObject({ filename: "a.png", proxy_url: "/cdn/previews/x", width: 8 });
});

test("one is chosen unless it is said otherwise", () => {
  expect(boundsOf({})).toEqual({ least: 1, most: 1 });
  expect(boundsOf({ min_values: 2, max_values: 3 })).toEqual({ least: 2, most: 3 });
  expect(boundsOf({ min_values: 1, required: false })).toEqual({ least: 0, most: 1 });
});

test("what is chosen at first is what the application says", () => {
  const options = [{ label: "A", value: "a" }, { label: "B", value: "b", default: true }];
  expect(chosenAtFirst({ ...SELECT, options })).toEqual(["b"]);
  expect(chosenAtFirst({ type: 5, id: 1, custom_id: "c", default_values: [{ id: "9" }] })).toEqual(["9"]);
  expect(emojiOf({ name: "🎲" })).toEqual({ id: null, name: "🎲", animated: false });
});
