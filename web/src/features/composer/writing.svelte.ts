/** What is being written in one channel: its text and files, and how it is sent. */
import type { Answer } from "../../sync/drafts";
import { attachmentsOf, type Parcel, type Written } from "../../sync/letters";
import type { Sync } from "../../sync/sync";
import type { CreateMessageInput, Snowflake } from "../../wire/types";
import type { World } from "../../world/world";
import type { App } from "../app";
import type { Talk } from "../chat/talk.svelte";
import { sizeInWords } from "../content/sizes";
import type { Edit, Field } from "./edits";
import { flagsOf, SILENT } from "./flags";
import { largestFile, tooMuch, type TooMuch } from "./limits";
import { Names } from "./names";
import { encode } from "./scan";

const VOICE = 1 << 13;
const ENDINGS: Readonly<Record<string, string>> = { "audio/ogg": "ogg", "audio/mp4": "m4a" };

/** Without another word from the server, as Discord has it. */
const LENGTH = 2000;

/** A pair of surrogates is one letter. */
const lettersOf = (text: string) => text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);

export class Writing {
  text = $state("");
  /** Of the selection; the same twice where there is none. */
  start = $state(0);
  end = $state(0);
  /** Names of files that went with the page. */
  lost = $state.raw<readonly string[]>([]);
  /** What was being answered, until that message is there. */
  awaited = $state.raw<Answer | undefined>();
  readonly names: Names;
  #element: HTMLTextAreaElement | null = null;
  readonly parcels = $derived.by(() => this.sync.drafts.parcelsIn(this.channelId));

  constructor(
    readonly app: App,
    readonly world: World,
    readonly sync: Sync,
    readonly talk: Talk,
    readonly channelId: Snowflake,
  ) {
    this.names = new Names(world, channelId);
    const { text, answer, files = [] } = sync.drafts.of(channelId);
    this.text = text;
    this.awaited = answer;
    if (this.parcels.length === 0) this.lost = files;
  }

  get mostLetters(): number {
    return this.app.instance.facts?.limits.message_length ?? LENGTH;
  }

  /** Letters left, as the server counts them. */
  get left(): number {
    return this.mostLetters - lettersOf(encode(this.text, this.names).trim());
  }

  get isEmpty(): boolean {
    return this.text.trim() === "" && this.parcels.length === 0;
  }

  get field(): Field {
    return { text: this.text, start: this.start, end: this.end };
  }

  readonly hold = (element: HTMLTextAreaElement): (() => void) => {
    this.#element = element;
    return () => (this.#element = null);
  };

  focus(): void {
    this.#element?.focus();
  }

  /** Browsers tell of a moved selection some time after the key that moved it. */
  look(): void {
    this.start = this.#element?.selectionStart ?? this.start;
    this.end = this.#element?.selectionEnd ?? this.end;
  }

  /** As if it had been typed, so that it can be undone. */
  apply({ from, to, insert, start, end }: Edit): void {
    const element = this.#element;
    if (element === null) return;
    element.focus();
    element.setSelectionRange(from, to);
    // Old, and the only way that the browser's undo takes notice of.
    // oxlint-disable-next-line typescript/no-deprecated
    const isDone = insert === "" && from < to ? document.execCommand("delete") : document.execCommand("insertText", false, insert);
    if (!isDone && from + insert.length > 0) element.setRangeText(insert, from, to);
    element.setSelectionRange(start, end);
    this.text = element.value;
    this.start = start;
    this.end = end;
  }

  /** Take files along, unless they are too many or too large; then say so. */
  add(files: readonly File[]): void {
    const { facts } = this.app.instance;
    if (facts === null || files.length === 0) return;
    const sizes = this.parcels.map(({ file }) => file.size);
    const largest = largestFile(this.world, this.channelId, facts.limits);
    const problem = tooMuch(sizes, files, largest, facts.limits.message_upload_bytes);
    if (problem !== undefined) this.#refuse(problem);
    else this.#take(files);
    this.focus();
  }

  change(id: string, next: Partial<Parcel>): void {
    this.#keep(this.parcels.map((parcel) => (parcel.id === id ? { ...parcel, ...next } : parcel)));
  }

  remove(id: string): void {
    this.sync.uploads.cancel(id);
    this.#keep(this.parcels.filter((parcel) => parcel.id !== id));
    this.focus();
  }

  retry(id: string): void {
    const parcel = this.parcels.find((one) => one.id === id);
    if (parcel !== undefined) this.sync.uploads.begin(this.channelId, parcel);
  }

  /** The text as a file instead. */
  asFile(): void {
    const file = new File([this.text], "message.txt", { type: "text/plain" });
    this.clear();
    this.add([file]);
  }

  /** What would be sent now, or nothing. */
  body(): Written | null {
    const content = encode(this.text.replace(SILENT, ""), this.names).trim();
    if (content === "" && this.parcels.length === 0) return null;
    if (this.left < 0) return null;
    const flags = flagsOf(this.text, this.app.preferences.all);
    return { content, ...(flags !== 0 && { flags }), ...this.#answer() };
  }

  /** Whether it went. */
  send(): boolean {
    const body = this.body();
    if (body === null) return false;
    void this.sync.outbox.send(this.channelId, body, this.parcels);
    this.#done(this.text, this.parcels);
    this.talk.showEnd();
    return true;
  }

  /** A sticker is a message of its own. */
  sendSticker(id: Snowflake): void {
    this.#sendAlone({ sticker_ids: [id] });
  }

  /** So is a recording. */
  sendRecording(file: Blob, recording: NonNullable<Parcel["recording"]>): void {
    const parcel = { id: crypto.randomUUID(), file, filename: `voice-message.${ENDINGS[file.type] ?? "webm"}`, recording };
    this.#sendAlone({ flags: VOICE }, [parcel]);
  }

  /** So is a GIF, as the address that is shown as one. */
  sendLink(address: string): void {
    this.#sendAlone({ content: address });
  }

  /** Hand it to the server for that time; throws what it refuses. */
  async sendLater(at: Date): Promise<void> {
    const { channelId: channel_id } = this;
    const { client } = this.app.api;
    await this.handOver((said) => client.call("POST /channels/{channel_id}/scheduled-messages", { channel_id, body: { ...said, send_at: at.toISOString() } }));
  }

  /** What is written, once its files are there, in another way than as a message at once. */
  async handOver(give: (said: Written & Pick<CreateMessageInput, "attachments">) => Promise<unknown>): Promise<void> {
    const body = this.body();
    if (body === null) return;
    const { channelId, sync, text, parcels } = this;
    const bring = async (parcel: Parcel) => ({ ...parcel, uploaded: await sync.uploads.bring(channelId, parcel) });
    const attachments = attachmentsOf(await Promise.all(parcels.map(bring)));
    await give({ ...body, ...(attachments.length > 0 ? { attachments } : {}) });
    for (const { id } of parcels) sync.uploads.forget(id);
    this.#done(text, parcels);
  }

  clear(): void {
    this.text = "";
    this.start = this.end = 0;
  }

  #sendAlone(body: Written, parcels: readonly Parcel[] = []): void {
    void this.sync.outbox.send(this.channelId, { ...body, ...this.#answer() }, parcels);
    this.talk.stopAnswering();
    this.talk.showEnd();
  }

  /** The next message begins with what was written since; the view, which keeps drafts, may be gone. */
  #done(text: string, parcels: readonly Parcel[]): void {
    if (this.text === text) this.clear();
    this.#keep(this.parcels.filter(({ id }) => !parcels.some((gone) => gone.id === id)));
    this.lost = [];
    this.awaited = undefined;
    this.talk.stopAnswering();
    this.sync.drafts.set(this.channelId, { text: this.text });
  }

  #answer(): Pick<CreateMessageInput, "message_reference" | "allowed_mentions"> {
    const { answering } = this.talk;
    if (answering === null) return {};
    const message_reference = { message_id: answering.message.id, fail_if_not_exists: false };
    if (answering.calls) return { message_reference };
    return { message_reference, allowed_mentions: { parse: ["users", "roles", "everyone"], replied_user: false } };
  }

  #take(files: readonly File[]): void {
    const parcels = files.map((file): Parcel => ({ id: crypto.randomUUID(), file, filename: file.name }));
    for (const parcel of parcels) this.sync.uploads.begin(this.channelId, parcel);
    this.#keep([...this.parcels, ...parcels]);
  }

  #keep(parcels: readonly Parcel[]): void {
    this.sync.drafts.setParcels(this.channelId, parcels);
  }

  #refuse(problem: TooMuch): void {
    const { say, language } = this.app.speech;
    if (problem.why === "many") return void this.app.layers.toast({ kind: "bad", text: say("composer.tooMany") });
    const { why, name } = problem;
    const [size, most] = [sizeInWords(problem.size, language), sizeInWords(problem.most, language)];
    const text = say(why === "large" ? "composer.tooLarge" : "composer.tooLargeTogether", { name, size, most });
    this.app.layers.toast({ kind: "bad", text });
  }
}
