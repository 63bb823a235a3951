/** Who has come in is shown what the server wants of them, and nothing twice. */
import { expect, test } from "vitest";
import { hasQuestions, mustAnswer, stepsOf } from "./asked";
import { receives } from "./receiving";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const JUST_NOW = "2026-11-22T11:59:00Z";
const LONG_AGO = "2026-10-01T12:00:00Z";
const STARTED = 1 << 3;
const COMPLETED = 1 << 1;
const guild = (...features: string[]) => ({ features });
const ASKING = guild("GUILD_ONBOARDING", "GUILD_ONBOARDING_HAS_PROMPTS");

test("a server that wants nothing only opens its doors", () => {
  expect(receives(guild("NEWS"))).toBe(false);
  expect(stepsOf(guild("COMMUNITY"), { pending: false, flags: 0, joined_at: JUST_NOW }, NOW)).toEqual([]);
});

test("rules come first, then questions, then the greeting", () => {
  const all = guild("COMMUNITY", "MEMBER_VERIFICATION_GATE_ENABLED", "WELCOME_SCREEN_ENABLED", ...ASKING.features);
  expect(receives(all)).toBe(true);
  expect(stepsOf(all, { pending: true, flags: STARTED, joined_at: JUST_NOW }, NOW)).toEqual(["rules", "questions", "welcome"]);
});

test("where there is a guide, it greets", () => {
  const both = guild("WELCOME_SCREEN_ENABLED", "GUILD_SERVER_GUIDE");
  expect(stepsOf(both, { pending: false, flags: 0, joined_at: JUST_NOW }, NOW)).toEqual(["guide"]);
  expect(stepsOf(both, { pending: false, flags: 0, joined_at: LONG_AGO }, NOW)).toEqual([]);
});

test("who has answered, and who was there before anything was asked, is not asked", () => {
  expect(mustAnswer(ASKING, { flags: STARTED | COMPLETED })).toBe(false);
  expect(mustAnswer(ASKING, { flags: 0 })).toBe(false);
  expect(mustAnswer(ASKING, { flags: STARTED })).toBe(true);
});

test("without questions nobody is asked anything", () => {
  expect(hasQuestions(guild("GUILD_ONBOARDING"))).toBe(false);
  expect(mustAnswer(guild("GUILD_ONBOARDING"), { flags: STARTED })).toBe(false);
});

test("who has been there for long is not greeted any more", () => {
  expect(stepsOf(guild("WELCOME_SCREEN_ENABLED"), { pending: false, flags: 0, joined_at: LONG_AGO }, NOW)).toEqual([]);
});
