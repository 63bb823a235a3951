/** Brings the bytes of one file to where the server wants them: at once, or a large one in pieces that survive a break. */
import { toError } from "../rest/errors";
import { Patience, type Weather } from "./patience";

/** What came of one PUT; `offset` says how many bytes the server has. */
export interface Put {
  readonly status: number;
  readonly offset: number;
  readonly body: unknown;
}

export interface PutOptions {
  /** As `Content-Range` says it. */
  readonly range?: string;
  readonly signal: AbortSignal;
  readonly onProgress: (sent: number) => void;
}

/** The browser's way to send bytes and see how far they are; throws Unreachable where nobody answers. */
export type PutBytes = (url: string, bytes: Blob, options: PutOptions) => Promise<Put>;

const MIB = 1024 * 1024;
/** A file that is larger goes in pieces. */
export const WHOLE_BYTES = 10 * MIB;
const PIECE_BYTES = 8 * MIB;

const WHOLE = 200;
const GO_ON = 308;

export interface Road extends Weather {
  readonly put: PutBytes;
}

export class Sending {
  #offset = 0;
  /** Something broke: ask how much has arrived before going on. */
  #isUnsure = false;
  readonly #patience: Patience;

  constructor(
    readonly road: Road,
    readonly url: string,
    readonly file: Blob,
    readonly signal: AbortSignal,
    readonly onProgress: (sent: number) => void,
  ) {
    this.#patience = new Patience(road, signal);
  }

  /** Done when all is there; throws what the server refused, or the last break. */
  async finish(): Promise<void> {
    for (;;) {
      try {
        const before = this.#offset;
        if (await this.#step()) return;
        if (this.#offset > before) this.#patience.renew();
      } catch (problem) {
        await this.#patience.after(problem);
        this.#isUnsure = this.file.size > WHOLE_BYTES;
      }
    }
  }

  /** Whether that was the rest of it. */
  async #step(): Promise<boolean> {
    if (this.file.size <= WHOLE_BYTES) return this.#put(this.file, 0);
    if (this.#isUnsure) return this.#put(new Blob(), this.#offset, `bytes */${this.file.size}`);
    const end = Math.min(this.file.size, this.#offset + PIECE_BYTES);
    const range = `bytes ${this.#offset}-${end - 1}/${this.file.size}`;
    return this.#put(this.file.slice(this.#offset, end), this.#offset, range);
  }

  async #put(bytes: Blob, before: number, range?: string): Promise<boolean> {
    const onProgress = (sent: number) => this.onProgress(before + sent);
    const options: PutOptions = { signal: this.signal, onProgress, ...(range === undefined ? {} : { range }) };
    const { status, offset, body } = await this.road.put(this.url, bytes, options);
    if (status !== WHOLE && status !== GO_ON) throw toError(status, body, new Headers());
    this.#offset = offset;
    this.#isUnsure = false;
    this.onProgress(status === WHOLE ? this.file.size : offset);
    return status === WHOLE;
  }
}
