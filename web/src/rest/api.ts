/** The calls this client makes, one line each, with the types of what goes in and comes out. */
import type { Instance } from "../wire/types";
import { Client } from "./client";
import type {
  Application,
  AuthSession,
  Channel,
  Credentials,
  Guild,
  Invite,
  RegisterBody,
  Reset,
  SecondFactor,
  Snowflake,
  User,
} from "./types";

const esc = encodeURIComponent;

export class Api {
  constructor(readonly client: Client = new Client()) {}

  instance = () => this.client.request<Instance>("GET", "/instance");

  register = (body: RegisterBody) => this.client.request<Credentials>("POST", "/auth/register", body);
  login = (login: string, password: string) =>
    this.client.request<Credentials | SecondFactor>("POST", "/auth/login", { login, password });
  forgot = (login: string) => this.client.request<unknown>("POST", "/auth/forgot", { login });
  reset = (token: string, password: string) =>
    this.client.request<Reset>("POST", "/auth/reset", { token, password });
  verify = (token: string) => this.client.request<unknown>("POST", "/auth/verify", { token });
  logout = () => this.client.request<undefined>("POST", "/auth/logout", {});
  sessions = () => this.client.request<{ user_sessions: AuthSession[] }>("GET", "/auth/sessions");
  revoke = (hashes: readonly string[]) =>
    this.client.request<undefined>("POST", "/auth/sessions/logout", { session_id_hashes: hashes });

  me = () => this.client.request<User>("GET", "/users/@me");
  changePassword = (password: string, next: string) =>
    this.client.request<User & Partial<Credentials>>("PATCH", "/users/@me", { password, new_password: next });

  guilds = () => this.client.request<Guild[]>("GET", "/users/@me/guilds");
  createGuild = (name: string) => this.client.request<Guild>("POST", "/guilds", { name });
  channels = (guild: Snowflake) => this.client.request<Channel[]>("GET", `/guilds/${esc(guild)}/channels`);

  invite = (code: string) => this.client.request<Invite>("GET", `/invites/${esc(code)}?with_counts=true`);
  acceptInvite = (code: string) => this.client.request<Invite>("POST", `/invites/${esc(code)}`, {});
  createInvite = (channel: Snowflake) =>
    this.client.request<Invite>("POST", `/channels/${esc(channel)}/invites`, {});

  applications = () => this.client.request<Application[]>("GET", "/applications");
  createApplication = (name: string) => this.client.request<Application>("POST", "/applications", { name });
  setFlags = (id: Snowflake, flags: number) =>
    this.client.request<Application>("PATCH", `/applications/${esc(id)}`, { flags });
  resetToken = (id: Snowflake) =>
    this.client.request<{ token: string }>("POST", `/applications/${esc(id)}/bot/reset`, {});
  addBot = (id: Snowflake, guild: Snowflake, permissions: string) =>
    this.client.request<{ location: string }>(
      "POST",
      `/oauth2/authorize?client_id=${esc(id)}&scope=bot%20applications.commands`,
      { guild_id: guild, permissions, authorize: true },
    );
}
