/**
 * The wire objects this client reads, spelled as the server spells them.
 * The server describes itself at /api/openapi.json; types generated from that document take this file's place.
 */

export type Snowflake = string;

export interface User {
  id: Snowflake;
  username: string;
  global_name: string | null;
}

/** The answer to register, login and a password change. */
export interface Credentials {
  token: string;
}

/** A new password; no token where the account has still to be entered the usual way. */
export interface Reset {
  token: string | null;
}

/** A login that stops half way: the account asks for a second factor. */
export interface SecondFactor {
  mfa: true;
  ticket: string;
}

export interface Guild {
  id: Snowflake;
  name: string;
  icon: string | null;
  owner?: boolean;
  owner_id?: Snowflake;
  permissions?: string;
}

export interface Channel {
  id: Snowflake;
  type: number;
  name: string;
  position: number;
}

export interface Invite {
  code: string;
  guild: { id: Snowflake; name: string; description: string | null };
  inviter?: User;
  approximate_member_count?: number;
  approximate_presence_count?: number;
  expires_at?: string | null;
}

export interface AuthSession {
  id_hash: string;
  approx_last_used_time: string;
  client_info: { os: string | null; platform: string | null; location?: string | null };
  current?: boolean;
}

export interface Application {
  id: Snowflake;
  name: string;
  flags: number;
  bot?: User;
}

export interface RegisterBody {
  username: string;
  password: string;
  global_name?: string;
  invite?: string;
  registration_code?: string;
  setup_token?: string;
}
