/** Whether a server does anything with those who come; most only open their doors. */
import type { KnownGuild } from "../../world/guilds";

const GATE = "MEMBER_VERIFICATION_GATE_ENABLED";
const COMMUNITY = "COMMUNITY";
export const ONBOARDING = "GUILD_ONBOARDING";
export const WELCOME = "WELCOME_SCREEN_ENABLED";

export type Featured = Pick<KnownGuild, "features">;

export function receives({ features }: Featured): boolean {
  return [GATE, COMMUNITY, WELCOME].some((one) => features.includes(one));
}
