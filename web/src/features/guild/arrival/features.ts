/** What of a server is switched on by a word among its features. */
import type { KnownGuild } from "../../../world/guilds";

export const COMMUNITY = "COMMUNITY";
export const DISCOVERABLE = "DISCOVERABLE";
const GATE = "MEMBER_VERIFICATION_GATE_ENABLED";
const WELCOME = "WELCOME_SCREEN_ENABLED";

type Featured = Pick<KnownGuild, "features">;

export const isCommunity = ({ features }: Featured): boolean => features.includes(COMMUNITY);
export const isFound = ({ features }: Featured): boolean => features.includes(DISCOVERABLE);
export const isGated = ({ features }: Featured): boolean => features.includes(GATE);
export const isWelcoming = ({ features }: Featured): boolean => features.includes(WELCOME);
