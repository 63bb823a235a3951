/** Every language says everything, with the same holes to fill. */
import { expect, test } from "vitest";
import { Translator, type Catalogue } from "./catalogue";
import deep from "./en/deep";
import near from "./en/near";
import { choose, LANGUAGES, load } from "./languages";

const en = { ...near, ...deep };

const holes = (message: string) => [...message.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

test.each(LANGUAGES)("%s says everything English says, with the same holes", async (language) => {
  const { messages } = await load(language, true);
  expect(Object.keys(messages)).toEqual(Object.keys(en));
  for (const [key, message] of Object.entries(en)) {
    expect(holes(messages[key as keyof Catalogue] ?? ""), key).toEqual(holes(message));
  }
});

test("no room says what another one says by the same name", () => {
  expect(Object.keys(near).filter((key) => key in deep)).toEqual([]);
});

test("the first wanted language we have is chosen, English otherwise", () => {
  expect(choose(["fr-FR", "de-AT", "en"], ["de", "en"])).toBe("de");
  expect(choose(["fr"], ["de", "en"])).toBe("en");
  expect(choose([], ["de", "en"])).toBe("en");
});

test("holes and plurals are filled", () => {
  const say = new Translator("en", en);
  expect(say.say("invite.join", { guild: "Longwave" })).toBe("Join Longwave");
  expect(say.count("invite.members", 1)).toBe("1 member");
  expect(say.count("invite.members", 51000)).toBe("51,000 members");
  expect(say.around("login.where", "place")).toEqual(["You are signing in to ", "."]);
});

test("a name with braces does not open another hole", () => {
  expect(new Translator("en", en).say("invite.join", { guild: "{name}" })).toBe("Join {name}");
});
