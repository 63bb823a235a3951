/** What applications build into messages, as it can be read. */
import { expect, test } from "vitest";
import { piecesOf } from "./built";

test("texts, links, pictures and the names of controls come in their order, from however deep", () => {
  const row = [
    { type: 2, style: 1, label: "Yes", custom_id: "yes" },
    { type: 2, style: 5, label: "Rules", url: "https://example.org/rules" },
    { type: 2, style: 1, emoji: { id: null, name: "🎲" }, custom_id: "dice" },
  ];
  const picture = { media: { url: "https://example.org/a%20b.png" } };
  const section = { type: 9, components: [{ type: 10, content: "**One**" }], accessory: { type: 11, ...picture, description: "A hill" } };
  const built = [
    { type: 1, components: row },
    { type: 17, components: [section, { type: 14 }, { type: 12, items: [picture] }] },
    { type: 1, components: [{ type: 3, placeholder: "Choose", custom_id: "c" }] },
  ];
  expect(piecesOf(built)).toEqual([
    { kind: "control", label: "Yes" },
    { kind: "link", label: "Rules", url: "https://example.org/rules" },
    { kind: "control", label: "🎲" },
    { kind: "text", text: "**One**" },
    { kind: "link", label: "A hill", url: "https://example.org/a%20b.png" },
    { kind: "link", label: "a b.png", url: "https://example.org/a%20b.png" },
    { kind: "control", label: "Choose" },
  ]);
});

test("no address but one of the web is a link", () => {
  expect(piecesOf([{ type: 2, style: 5, label: "Here", url: "javascript:alert(1)" }])).toEqual([{ kind: "control", label: "Here" }]);
});
