/** What a server wants of who has come in: to agree to rules, to answer questions, to be greeted. */
import type { KnownMember } from "../../world/people";
import { ONBOARDING, WELCOME, type Featured } from "./receiving";

const PROMPTS = "GUILD_ONBOARDING_HAS_PROMPTS";
const COMPLETED_ONBOARDING = 1 << 1;
const STARTED_ONBOARDING = 1 << 3;
const COMPLETED_GUIDE = 1 << 6;
const GUIDE = "GUILD_SERVER_GUIDE";
const DAY_MS = 86_400_000;

export type Step = "rules" | "questions" | "guide" | "welcome";

/** Whether people choose roles and channels for themselves there. */
export function hasQuestions({ features }: Featured): boolean {
  return features.includes(ONBOARDING) && features.includes(PROMPTS);
}

/** Whether somebody has yet to answer what those who come are asked. */
export function mustAnswer(guild: Featured, { flags }: Pick<KnownMember, "flags">): boolean {
  return hasQuestions(guild) && (flags & STARTED_ONBOARDING) !== 0 && (flags & COMPLETED_ONBOARDING) === 0;
}

/** Whether who comes is told what to do first. */
export function hasGuide({ features }: Featured): boolean {
  return features.includes(GUIDE);
}

/** Whether something of the guide is left to do. */
export function isGuided(guild: Featured, { flags }: Pick<KnownMember, "flags">): boolean {
  return hasGuide(guild) && (flags & COMPLETED_GUIDE) === 0;
}

/** What is shown to somebody by itself, in its order; the greeting only to who has just come. */
export function stepsOf(guild: Featured, member: Pick<KnownMember, "flags" | "pending" | "joined_at">, nowMs: number): readonly Step[] {
  const isNew = nowMs - Date.parse(member.joined_at) < DAY_MS;
  const steps: Readonly<Record<Step, boolean>> = {
    rules: member.pending,
    questions: mustAnswer(guild, member),
    guide: hasGuide(guild) && isNew,
    // A guide says all that, and more.
    welcome: guild.features.includes(WELCOME) && isNew && !hasGuide(guild),
  };
  return (Object.keys(steps) as Step[]).filter((step) => steps[step]);
}
