/** What a link to the consent page asks for, and the sentences it is told in. */
import type { AuthorizeQueryInput } from "../../wire/types";

const NAMES = ["client_id", "scope", "response_type", "redirect_uri", "state", "nonce", "permissions", "guild_id", "code_challenge", "code_challenge_method"] as const;

/** Null for a link that does not even say who asks. */
export function queryOf(search: string): AuthorizeQueryInput | null {
  const given = new URLSearchParams(search);
  const entries = NAMES.flatMap((name) => {
    const value = given.get(name);
    return value === null || value === "" ? [] : [[name, value] as const];
  });
  return given.get("client_id") ? (Object.fromEntries(entries) as unknown as AuthorizeQueryInput) : null;
}

/** The permissions a bot wants, as far as the link is to be believed. */
export function permissionsOf(text: string | null | undefined): bigint {
  return text !== null && text !== undefined && /^\d+$/.test(text) ? BigInt(text) : 0n;
}

export interface Place {
  readonly id: string;
  readonly name: string;
  readonly icon: string | null;
  readonly permissions: string;
}
