/** A queue of reports, of a server or of the whole instance: pages of it, and what is done about one. */
import type { Client } from "../../rest/client";
import type { ModifyReportInput, Report, ReportQueue, Snowflake } from "../../wire/types";
import { byAge } from "../../world/ids";
import type { Applies } from "../../world/parts";

export type Status = Report["status"];
export type Outcome = Report["action"];

const PAGE = 25;

export class Queue {
  reports = $state.raw<readonly Report[]>([]);
  openCount = $state(0);
  /** There are older ones. */
  hasMore = $state(false);
  status = $state<Status>("open");

  readonly #client: Client;
  readonly #guildId: Snowflake | null;

  constructor(client: Client, guildId: Snowflake | null) {
    this.#client = client;
    this.#guildId = guildId;
  }

  /** From the newest on. */
  async load(): Promise<void> {
    await this.#read([]);
  }

  async loadMore(): Promise<void> {
    await this.#read(this.reports);
  }

  async show(status: Status): Promise<void> {
    this.status = status;
    await this.load();
  }

  /** Note what was done. */
  async settle(report: Report, body: ModifyReportInput): Promise<void> {
    this.#place(await this.#modify(report.id, body));
  }

  /** Others report and settle, too. */
  get ears(): Applies {
    const mine = (then: (report: Report) => void) => (report: Report) => report.guild_id === this.#guildId && then(report);
    const [come, change] = [(report: Report) => this.#place(report, true), (report: Report) => this.#place(report)];
    return this.#guildId === null
      ? { INSTANCE_REPORT_CREATE: come, INSTANCE_REPORT_UPDATE: change }
      : { REPORT_CREATE: mine(come), REPORT_UPDATE: mine(change) };
  }

  #page(before?: Snowflake): Promise<ReportQueue> {
    const query = { status: this.status, limit: PAGE, ...(before !== undefined && { before }) };
    if (this.#guildId === null) return this.#client.call("GET /instance/reports", { query });
    return this.#client.call("GET /guilds/{guild_id}/reports", { guild_id: this.#guildId, query });
  }

  #modify(report_id: Snowflake, body: ModifyReportInput): Promise<Report> {
    if (this.#guildId === null) return this.#client.call("PATCH /instance/reports/{report_id}", { report_id, body });
    return this.#client.call("PATCH /guilds/{guild_id}/reports/{report_id}", { guild_id: this.#guildId, report_id, body });
  }

  /** Where it belongs into what is shown, it is there; or else it is not. */
  #place(report: Report, isNew = false): void {
    const rest = this.reports.filter(({ id }) => id !== report.id);
    const [wasShown, isShown] = [rest.length < this.reports.length, report.status === this.status];
    this.reports = isShown ? [report, ...rest].sort((one, other) => byAge(other.id, one.id)) : rest;
    if (isNew || wasShown !== isShown) this.openCount += report.status === "open" ? 1 : -1;
  }

  /** What is answered after others were asked for is not shown. */
  async #read(before: readonly Report[]): Promise<void> {
    const { status } = this;
    const { reports, open_count } = await this.#page(before.at(-1)?.id);
    if (status !== this.status) return;
    this.reports = [...before, ...reports];
    this.openCount = open_count;
    this.hasMore = reports.length === PAGE;
  }
}
