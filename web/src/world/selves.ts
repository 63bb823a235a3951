/** What is one's own: the account, settings, notes on others, and the devices that are connected now. */
import type { CurrentUser, GatewaySession, Snowflake, UserSettings } from "../wire/types";
import { sorted, type Applies, type Part } from "./parts";
import { Table } from "./table";

const ONE = "";

export class Selves implements Part {
  readonly #account = new Table<CurrentUser>();
  readonly #settings = new Table<UserSettings>();
  readonly #sessions = new Table<readonly GatewaySession[]>();
  readonly #session = new Table<string>();
  /** By the id of whom they are about; one that was never asked for is not here. */
  readonly notes = new Table<string>();

  readonly tables = { account: this.#account, settings: this.#settings, notes: this.notes };

  readonly passing = { sessions: this.#sessions, session: this.#session };

  readonly on: Applies = {
    READY: ({ user, user_settings, session_id, sessions, notes }) => {
      this.#account.set(ONE, user);
      this.#settings.set(ONE, user_settings ?? {});
      this.#session.set(ONE, session_id);
      this.#sessions.set(ONE, sessions);
      this.notes.become(Object.entries(notes ?? {}));
    },
    USER_UPDATE: (user) => this.#account.set(ONE, user),
    USER_SETTINGS_UPDATE: (settings) => this.#settings.set(ONE, { ...this.#settings.get(ONE), ...settings }),
    SESSIONS_REPLACE: (sessions) => this.#sessions.set(ONE, sessions),
    USER_NOTE_UPDATE: ({ id, note }) => {
      if (note === "") this.notes.delete(id);
      else this.notes.set(id, note);
    },
  };

  get account(): CurrentUser | undefined {
    return this.#account.get(ONE);
  }

  get settings(): UserSettings {
    return this.#settings.get(ONE) ?? {};
  }

  /** The session of this device, all tabs together. */
  get session(): string | undefined {
    return this.#session.get(ONE);
  }

  get sessions(): readonly GatewaySession[] {
    return this.#sessions.get(ONE) ?? [];
  }

  isMe(userId: Snowflake): boolean {
    return this.account?.id === userId;
  }

  snapshot(): unknown {
    return { account: this.account, settings: this.settings, notes: sorted(this.notes.entries()) };
  }
}
