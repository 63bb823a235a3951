/** The link that asks somebody's consent, and what an application may ask for. */
import type { Snowflake } from "../../wire/types";

export const SCOPES = ["bot", "applications.commands", "identify", "email", "guilds", "guilds.members.read", "guilds.join", "openid", "connections", "role_connections.write", "applications.commands.update"] as const;
export type Scope = (typeof SCOPES)[number];

export function isScope(name: string): name is Scope {
  return (SCOPES as readonly string[]).includes(name);
}

/** Scopes that need no address to return to. */
const INSTALLING: ReadonlySet<Scope> = new Set(["bot", "applications.commands"]);

export function needsReturn(scopes: readonly Scope[]): boolean {
  return scopes.some((scope) => !INSTALLING.has(scope));
}

interface Asked {
  readonly scopes: readonly Scope[];
  readonly permissions: bigint;
  readonly redirect: string;
}

export function consentUrl(origin: string, id: Snowflake, { scopes, permissions, redirect }: Asked): string {
  const query = new URLSearchParams({ client_id: id, scope: scopes.join(" ") });
  if (scopes.includes("bot")) query.set("permissions", String(permissions));
  if (needsReturn(scopes)) {
    query.set("response_type", "code");
    query.set("redirect_uri", redirect);
  }
  return `${origin}/oauth2/authorize?${query}`;
}
