/** What somebody fills into a form, and the way of it to its application. */
import type { Live } from "../../store/live.svelte";
import { attachmentsOf, type Parcel } from "../../sync/letters";
import type { Sync } from "../../sync/sync";
import type { ModalShown, Snowflake } from "../../wire/types";
import type { App } from "../app";
import { Submission } from "../submission.svelte";
import type { Entry, Field } from "./components";
import { deskOf } from "./desk";
import { fieldsOf, filledIn, givenAtFirst, lackOf, type Answers, type Given } from "./forms";

const PATH = "data.components.";

export class Filling {
  readonly entries: readonly Entry[];
  readonly submission: Submission;
  answers = $state.raw<Answers>({});
  /** By the numbers that the answers call them by. */
  parcels = $state.raw<readonly Parcel[]>([]);
  #lacks = $state.raw<Readonly<Record<string, string>>>({});

  constructor(
    readonly app: App,
    readonly live: Live,
    readonly sync: Sync,
    readonly modal: ModalShown,
    readonly guildId: Snowflake | null,
  ) {
    this.entries = modal.components as unknown as readonly Entry[];
    const fields = fieldsOf(this.entries).map(({ field }) => field);
    this.answers = Object.fromEntries(fields.map((field) => [field.custom_id, givenAtFirst(field)]));
    this.submission = new Submission(app.speech, fields.map(({ custom_id }) => PATH + custom_id));
  }

  given({ custom_id }: Field): Given {
    return this.answers[custom_id] ?? "";
  }

  give({ custom_id }: Field, given: Given): void {
    this.answers = { ...this.answers, [custom_id]: given };
    this.#lacks = { ...this.#lacks, [custom_id]: "" };
  }

  /** A file for a field; its number is its place among all of the form. */
  bring(field: Field, file: File): void {
    this.parcels = [...this.parcels, { id: crypto.randomUUID(), file, filename: file.name }];
    this.give(field, [...this.listed(field), String(this.parcels.length - 1)]);
  }

  listed(field: Field): readonly string[] {
    const given = this.given(field);
    return typeof given === "object" ? given : [];
  }

  problem({ custom_id }: Field): string | undefined {
    return this.#lacks[custom_id] || this.submission.error(PATH + custom_id);
  }

  /** Whether its application has taken it. Throws what the server refuses. */
  async send(): Promise<boolean> {
    const asked = fieldsOf(this.entries);
    this.#lacks = Object.fromEntries(asked.flatMap(({ field }) => this.#lack(field)));
    if (Object.keys(this.#lacks).length > 0) return false;
    const { id, custom_id, channel_id, application } = this.modal;
    const attachments = await this.#brought();
    const data = { id, custom_id, components: filledIn(asked, this.answers), ...(attachments.length > 0 ? { attachments } : {}) };
    const place = { application_id: String(application["id"]), channel_id, guild_id: this.guildId };
    const outcome = await deskOf(this.live, this.app.api.client).ask({ type: 5, ...place, data });
    if (outcome.kind === "failed") {
      this.submission.notice = this.app.speech.say("interactions.silent", { name: String(application["name"]) });
      return false;
    }
    for (const parcel of this.parcels) this.sync.uploads.forget(parcel.id);
    return true;
  }

  #lack(field: Field): readonly (readonly [string, string])[] {
    const lack = lackOf(field, this.given(field));
    return lack === undefined ? [] : [[field.custom_id, this.app.speech.say(lack.key, "n" in lack ? { n: lack.n } : {})]];
  }

  /** Those that are still wanted, under their numbers. */
  async #brought() {
    const { channel_id } = this.modal;
    const wanted = new Set(Object.values(this.answers).flatMap((given) => (typeof given === "object" ? given : [])));
    const uploads = fieldsOf(this.entries).some(({ field }) => field.type === 19);
    if (!uploads) return [];
    const brought = await Promise.all(
      this.parcels.map(async (parcel, at) => (wanted.has(String(at)) ? { ...parcel, uploaded: await this.sync.uploads.bring(channel_id, parcel) } : parcel)),
    );
    return attachmentsOf(brought).filter(({ uploaded_filename }) => uploaded_filename !== null);
  }
}
