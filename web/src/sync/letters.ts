/** A message on its way: what was written, the files that go with it, and how far it has come. */
import type { Refused } from "../rest/errors";
import type { AttachmentInput, CreateMessageInput, Snowflake } from "../wire/types";

/** A file that goes with a message, and what its sender says about it. */
export interface Parcel {
  readonly id: string;
  readonly file: Blob;
  readonly filename: string;
  readonly description?: string;
  readonly isSpoiler?: boolean;
  /** Of a recording: how long it is, and how loud it was from beginning to end. */
  readonly recording?: { readonly seconds: number; readonly waveform: string };
  /** What the server calls the file, once it is there. */
  readonly uploaded?: string;
}

export type Written = Omit<CreateMessageInput, "nonce" | "enforce_nonce" | "attachments">;

/** Why a message was not taken. */
export type Failure =
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  /** The line was open, and there was no answer all the same. */
  | { readonly kind: "silent" }
  /** One of its files could not be brought. */
  | { readonly kind: "file" };

export function refusal({ code, message, fields }: Refused): Failure {
  const [field] = Object.values(fields);
  return { kind: "refused", code: field?.code ?? String(code), message: field?.message ?? message };
}

export interface Letter {
  /** Told to the server, which takes no two of one; later ones are greater. */
  readonly nonce: string;
  readonly channelId: Snowflake;
  readonly body: Written;
  readonly parcels: readonly Parcel[];
  readonly failure?: Failure;
}

export type Stage = "waiting" | "uploading" | "sending" | "failed";

/** A letter as its sender sees it. */
export interface Pending extends Letter {
  readonly stage: Stage;
  /** When it may be sent, where the server asked to wait. */
  readonly notBefore?: number;
}

/** Files that are there, as a message brings them. */
export function attachmentsOf(parcels: readonly Parcel[]): readonly AttachmentInput[] {
  return parcels.map((parcel, place) => ({
    id: String(place),
    filename: parcel.filename,
    uploaded_filename: parcel.uploaded ?? null,
    description: parcel.description ?? null,
    is_spoiler: parcel.isSpoiler ?? false,
    duration_secs: parcel.recording?.seconds ?? null,
    waveform: parcel.recording?.waveform ?? null,
  }));
}

/** What is posted. */
export function bodyOf({ nonce, body, parcels }: Letter): CreateMessageInput {
  const attachments = attachmentsOf(parcels);
  return { ...body, nonce, enforce_nonce: true, ...(attachments.length === 0 ? {} : { attachments }) };
}

export function isPacked({ parcels }: Letter): boolean {
  return parcels.every(({ uploaded }) => uploaded !== undefined);
}

export const inOrder = (one: Letter, other: Letter) => (BigInt(one.nonce) < BigInt(other.nonce) ? -1 : 1);

const EPOCH_MS = 1_420_070_400_000;
const BITS = 22;

/** Makes nonces: of the time, so that they are in order, and of chance, so that no two devices make the same. */
export class Numbers {
  #last = 0;

  next(nowMs: number, random: number): string {
    this.#last = Math.max(nowMs - EPOCH_MS, this.#last + 1);
    return String((BigInt(this.#last) << BigInt(BITS)) | BigInt(Math.floor(random * 2 ** BITS)));
  }
}
