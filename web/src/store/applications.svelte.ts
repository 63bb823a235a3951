/** The bots a person has made. */
import type { Api } from "../rest/api";
import type { Application, Snowflake } from "../rest/types";

/** Application flags that let a bot receive what Discord calls privileged. */
export const PRIVILEGED = { content: 1 << 19, members: 1 << 15, presence: 1 << 13 } as const;
export type Privilege = keyof typeof PRIVILEGED;

/** The full grants beside the limited ones; either lets the bot receive. */
const FULL: Record<Privilege, number> = { content: 1 << 18, members: 1 << 14, presence: 1 << 12 };

export function allowed(application: Application, privilege: Privilege): boolean {
  return (application.flags & (PRIVILEGED[privilege] | FULL[privilege])) !== 0;
}

const bit = (n: number) => 1n << BigInt(n);
const sum = (...bits: number[]) => bits.reduce((all, n) => all | bit(n), 0n);

const TALK = sum(6, 10, 11, 14, 15, 16, 18, 31, 38);
const MODERATE = TALK | sum(1, 2, 4, 7, 13, 27, 28, 34, 40);
const ADMINISTRATOR = bit(3);

/** What a bot may do in a server, as three sizes. */
export const GRANTS = {
  talk: String(TALK),
  moderate: String(MODERATE),
  administrator: String(ADMINISTRATOR),
} as const;
export type Grant = keyof typeof GRANTS;

export class Applications {
  all = $state.raw<ReadonlyMap<Snowflake, Application> | null>(null);
  readonly list = $derived([...(this.all?.values() ?? [])]);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    const answer = await this.#api.applications();
    this.all = new Map(answer.map((application) => [application.id, application]));
  }

  async create(name: string): Promise<{ application: Application; token: string }> {
    const application = await this.#api.createApplication(name);
    this.#put(application);
    return { application, token: await this.resetToken(application.id) };
  }

  /** The old token stops working; the new one is shown once and kept nowhere. */
  async resetToken(id: Snowflake): Promise<string> {
    return (await this.#api.resetToken(id)).token;
  }

  async allow(application: Application, privilege: Privilege, on: boolean): Promise<void> {
    const rest = application.flags & ~(PRIVILEGED[privilege] | FULL[privilege]);
    this.#put(await this.#api.setFlags(application.id, on ? rest | PRIVILEGED[privilege] : rest));
  }

  async addTo(guild: Snowflake, application: Snowflake, grant: Grant): Promise<void> {
    await this.#api.addBot(application, guild, GRANTS[grant]);
  }

  clear(): void {
    this.all = null;
  }

  #put(application: Application): void {
    this.all = new Map(this.all ?? []).set(application.id, application);
  }
}
