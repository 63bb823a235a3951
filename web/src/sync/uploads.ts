/** Files that are brought to the server ahead of their message: a few at a time, each one told how far it is. */
import { Refused, Unreachable } from "../rest/errors";
import type { CloudAttachment, CloudAttachments, CreateUploadsInput, Snowflake } from "../wire/types";
import { Table } from "../world/table";
import { refusal, type Failure, type Parcel } from "./letters";
import { Patience } from "./patience";
import { Sending, type Road } from "./sending";
import { Speed } from "./speed";

export type UploadState = "queued" | "sending" | "done" | "failed";

export interface Upload {
  readonly id: string;
  readonly state: UploadState;
  readonly sent: number;
  readonly size: number;
  readonly bytesPerSecond: number;
  readonly failure?: Failure;
}

export interface Harbour extends Road {
  /** Tell the server which file will come, and learn where to. */
  readonly announce: (channelId: Snowflake, body: CreateUploadsInput) => Promise<CloudAttachments>;
  /** Take back what no message needs. */
  readonly takeBack: (filename: string) => Promise<unknown>;
}

type Wanted = Pick<Parcel, "id" | "file" | "filename">;

interface Work {
  readonly promise: Promise<string>;
  readonly abort: AbortController;
}

const AT_ONCE = 3;

export class Uploads {
  readonly byId = new Table<Upload>();
  readonly #harbour: Harbour;
  readonly #works = new Map<string, Work>();
  readonly #queue: (() => void)[] = [];
  #busy = 0;

  constructor(harbour: Harbour) {
    this.#harbour = harbour;
  }

  /** What the server calls the file once it is there. Who asks twice is told of the same upload, unless it has failed. */
  bring(channelId: Snowflake, parcel: Wanted): Promise<string> {
    const known = this.#works.get(parcel.id);
    if (known !== undefined && this.byId.get(parcel.id)?.state !== "failed") return known.promise;
    const abort = new AbortController();
    const promise = this.#bring(channelId, parcel, abort.signal);
    this.#works.set(parcel.id, { promise, abort });
    return promise;
  }

  /** Begin before the message is written; whether it came to something is seen at the upload, and asked by `bring`. */
  begin(channelId: Snowflake, parcel: Wanted): void {
    this.bring(channelId, parcel).catch((problem: unknown) => {
      if (this.byId.get(parcel.id)?.state !== "failed" && this.#works.has(parcel.id)) throw problem;
    });
  }

  cancel(id: string): void {
    const work = this.#works.get(id);
    this.#works.delete(id);
    this.byId.delete(id);
    work?.abort.abort();
    work?.promise.then(
      (filename) => this.#harbour.takeBack(filename),
      () => undefined,
    );
  }

  /** Its message is sent: nobody looks at the upload any more. */
  forget(id: string): void {
    this.#works.delete(id);
    this.byId.delete(id);
  }

  async #bring(channelId: Snowflake, { id, file, filename }: Wanted, signal: AbortSignal): Promise<string> {
    this.byId.set(id, { id, state: "queued", sent: 0, size: file.size, bytesPerSecond: 0 });
    await this.#enter(signal);
    try {
      const place = await this.#announce(channelId, filename, file.size, signal);
      await this.#send(id, place.upload_url, file, signal);
      return place.upload_filename;
    } catch (problem) {
      const failure = failureOf(problem);
      if (failure !== undefined) this.#change(id, { state: "failed", bytesPerSecond: 0, failure });
      throw problem;
    } finally {
      this.#leave();
    }
  }

  async #announce(channelId: Snowflake, filename: string, size: number, signal: AbortSignal): Promise<CloudAttachment> {
    const patience = new Patience(this.#harbour, signal);
    for (;;) {
      try {
        const { attachments } = await this.#harbour.announce(channelId, { files: [{ id: "0", filename, file_size: size }] });
        const [place] = attachments;
        if (place !== undefined) return place;
      } catch (problem) {
        await patience.after(problem);
      }
    }
  }

  async #send(id: string, url: string, file: Blob, signal: AbortSignal): Promise<void> {
    const speed = new Speed();
    const onProgress = (sent: number) => {
      this.#change(id, { sent, bytesPerSecond: speed.measure(this.#harbour.chance.now(), sent) });
    };
    this.#change(id, { state: "sending" });
    onProgress(0);
    await new Sending(this.#harbour, url, file, signal, onProgress).finish();
    this.#change(id, { state: "done", sent: file.size, bytesPerSecond: 0 });
  }

  #change(id: string, next: Partial<Upload>): void {
    this.byId.change(id, (upload) => ({ ...upload, ...next }));
  }

  /** Wait for a berth. */
  async #enter(signal: AbortSignal): Promise<void> {
    if (this.#busy >= AT_ONCE) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#busy += 1;
    if (signal.aborted) this.#leave();
    signal.throwIfAborted();
  }

  #leave(): void {
    this.#busy -= 1;
    this.#queue.shift()?.();
  }
}

/** Undefined for what says nothing about the upload: it was cancelled, or the fault is ours. */
function failureOf(problem: unknown): Failure | undefined {
  if (problem instanceof Unreachable) return { kind: "silent" };
  return problem instanceof Refused ? refusal(problem) : undefined;
}
