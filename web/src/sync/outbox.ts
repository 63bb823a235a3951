/** Messages on their way: shown at once, kept until the server has them, sent in order and each one once. */
import { RateLimited, Refused, Unreachable } from "../rest/errors";
import type { CreateMessageInput, Message, Snowflake } from "../wire/types";
import type { Turn } from "../tabs/turn";
import { Table } from "../world/table";
import { bodyOf, inOrder, isPacked, Numbers, refusal, type Failure, type Letter, type Parcel, type Pending, type Stage, type Written } from "./letters";
import type { Weather } from "./patience";

/** Where letters outlive the page; all tabs of one person see the same. */
export interface Shelf {
  all(): Promise<readonly Letter[]>;
  get(nonce: string): Promise<Letter | undefined>;
  put(letter: Letter): Promise<void>;
  delete(nonce: string): Promise<void>;
}

/** The other tabs: told that the shelf has changed, and telling it. */
export interface Bell {
  ring(): void;
  onRing(heard: () => void): () => void;
}

export interface Carrier {
  /** What the server calls the file once it is there. */
  bring(channelId: Snowflake, parcel: Parcel): Promise<string>;
  cancel(id: string): void;
  /** Its message is there, or is not wanted any more. */
  forget(id: string): void;
}

/** What the outbox knows of the world around it. */
export interface Surroundings extends Weather {
  readonly shelf: Shelf;
  readonly bell: Bell;
  readonly turn: Turn;
  readonly carrier: Carrier;
  readonly post: (channelId: Snowflake, body: CreateMessageInput) => Promise<Message>;
  /** The server has answered with the message; its event may be late. */
  readonly arrived: (message: Message) => void;
  /** Seconds one waits there between two messages. */
  readonly slowness: (channelId: Snowflake) => number;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** So often no answer is bad luck. */
const MOST_SILENCES = 3;
const NONE: readonly Pending[] = [];

export class Outbox {
  readonly #around: Surroundings;
  readonly #byChannel = new Table<readonly Pending[]>();
  readonly #slowUntil = new Table<number>();
  readonly #numbers = new Numbers();
  readonly #silences = new Map<string, number>();
  /** What the shelf says of these is older than what this tab knows. */
  readonly #unsettled = new Set<string>();
  /** The next try in each channel. */
  readonly #again = new Map<Snowflake, () => void>();
  #deaf: () => void = () => undefined;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Take up what was left behind. */
  async start(): Promise<void> {
    this.#deaf = this.#around.bell.onRing(() => void this.#reread());
    await this.#reread();
    this.wake();
  }

  stop(): void {
    this.#deaf();
    for (const stop of this.#again.values()) stop();
    this.#again.clear();
  }

  /** What of mine is not there yet, the oldest first. */
  pendingIn(channelId: Snowflake): readonly Pending[] {
    return this.#byChannel.get(channelId) ?? NONE;
  }

  /** When one may write there again, as far as this device knows. */
  slowUntil(channelId: Snowflake): number {
    return this.#slowUntil.get(channelId) ?? 0;
  }

  /** Whether something would be lost with the page: files are still on their way. */
  get isBusy(): boolean {
    return [...this.#byChannel.values()].flat().some(({ stage }) => stage === "uploading");
  }

  async send(channelId: Snowflake, body: Written, parcels: readonly Parcel[] = []): Promise<void> {
    const { chance } = this.#around;
    const nonce = this.#numbers.next(chance.now(), chance.random());
    await this.#begin({ nonce, channelId, body, parcels });
  }

  async retry(nonce: string): Promise<void> {
    const known = this.#find(nonce);
    if (known === undefined) return;
    this.#silences.delete(nonce);
    const { nonce: same, channelId, body, parcels } = known;
    await this.#begin({ nonce: same, channelId, body, parcels });
  }

  async discard(nonce: string): Promise<void> {
    for (const { id } of this.#find(nonce)?.parcels ?? []) this.#around.carrier.cancel(id);
    await this.#drop(nonce);
  }

  /** A message of mine was told: what it was written as is there. */
  heard(message: Pick<Message, "nonce">): void {
    const nonce = message.nonce === undefined ? undefined : String(message.nonce);
    if (nonce !== undefined && this.#find(nonce) !== undefined) void this.#drop(nonce);
  }

  /** The network is back, or the page has begun: wait no longer. */
  wake(): void {
    for (const [channelId, letters] of [...this.#byChannel.entries()]) {
      for (const letter of letters) if (letter.stage !== "failed" && !isPacked(letter)) void this.#pack(letter);
      void this.#drain(channelId);
    }
  }

  async #begin(letter: Letter): Promise<void> {
    // Where nothing stands in its way, nobody need see it wait.
    const isFree = isPacked(letter) && this.#around.isOnline() && this.pendingIn(letter.channelId).every(({ stage }) => stage !== "waiting");
    this.#show(letter, isFree ? "sending" : stageOf(letter));
    await this.#keep(letter);
    await (isPacked(letter) ? this.#drain(letter.channelId) : this.#pack(letter));
  }

  /** Bring its files. Letters without any do not wait for them. */
  async #pack({ nonce, channelId }: Letter): Promise<void> {
    await this.#around.turn(`files ${nonce}`, async () => {
      const letter = await this.#around.shelf.get(nonce);
      if (letter === undefined || letter.failure !== undefined || isPacked(letter)) return;
      try {
        const parcels = await Promise.all(letter.parcels.map((parcel) => this.#bring(channelId, parcel)));
        if (this.#find(nonce) !== undefined) await this.#change({ ...letter, parcels });
      } catch {
        // Each upload says by itself what is wrong with it.
        if (this.#find(nonce) !== undefined) await this.#fail(letter, { kind: "file" });
      }
    });
    await this.#drain(channelId);
  }

  async #bring(channelId: Snowflake, parcel: Parcel): Promise<Parcel> {
    return { ...parcel, uploaded: parcel.uploaded ?? (await this.#around.carrier.bring(channelId, parcel)) };
  }

  /** Post what waits in a channel, one after another, as long as it goes well. */
  #drain(channelId: Snowflake): Promise<void> {
    this.#again.get(channelId)?.();
    this.#again.delete(channelId);
    return this.#around.turn(`letters ${channelId}`, async () => {
      // Another tab may have sent some of them while this one waited for its turn.
      await this.#reread();
      for (;;) {
        const next = this.pendingIn(channelId).find((letter) => letter.stage !== "failed" && isPacked(letter));
        if (next === undefined || !(await this.#post(next))) return;
      }
    });
  }

  /** Whether the next one may follow at once. */
  async #post(letter: Letter): Promise<boolean> {
    const { chance, post, arrived, slowness } = this.#around;
    const { channelId, nonce } = letter;
    if (this.slowUntil(channelId) > chance.now()) return this.#wait(letter, this.slowUntil(channelId) - chance.now());
    this.#show(letter, "sending");
    try {
      const message = await post(channelId, bodyOf(letter));
      const slow = slowness(channelId);
      if (slow > 0) this.#slowUntil.set(channelId, chance.now() + slow * 1000);
      arrived(message);
      await this.#drop(nonce);
      return true;
    } catch (problem) {
      return this.#trouble(letter, problem);
    }
  }

  async #trouble(letter: Letter, problem: unknown): Promise<boolean> {
    const { channelId, nonce } = letter;
    // Its event was faster than the bad news.
    if (this.#find(nonce) === undefined) return true;
    if (problem instanceof RateLimited) {
      this.#slowUntil.set(channelId, this.#around.chance.now() + problem.seconds * 1000);
      return this.#wait(letter, problem.seconds * 1000);
    }
    if (problem instanceof Refused) return this.#fail(letter, refusal(problem));
    if (!(problem instanceof Unreachable)) throw problem;
    const silences = (this.#silences.get(nonce) ?? 0) + 1;
    this.#silences.set(nonce, silences);
    if (this.#around.isOnline() && silences >= MOST_SILENCES) return this.#fail(letter, { kind: "silent" });
    return this.#wait(letter, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (silences - 1)));
  }

  async #fail(letter: Letter, failure: Failure): Promise<boolean> {
    await this.#change({ ...letter, failure });
    return true;
  }

  #wait(letter: Letter, ms: number): boolean {
    const { chance } = this.#around;
    this.#show(letter, "waiting", chance.now() + ms);
    this.#again.get(letter.channelId)?.();
    this.#again.set(letter.channelId, chance.after(ms, () => void this.#drain(letter.channelId)));
    return false;
  }

  async #change(letter: Letter): Promise<void> {
    this.#show(letter);
    await this.#keep(letter);
  }

  async #keep(letter: Letter): Promise<void> {
    await this.#settle(letter.nonce, (shelf) => shelf.put(plain(letter)));
  }

  async #settle(nonce: string, write: (shelf: Shelf) => Promise<void>): Promise<void> {
    this.#unsettled.add(nonce);
    await write(this.#around.shelf);
    this.#unsettled.delete(nonce);
    this.#around.bell.ring();
  }

  async #drop(nonce: string): Promise<void> {
    const letter = this.#find(nonce);
    if (letter !== undefined) this.#hide(letter);
    await this.#settle(nonce, (shelf) => shelf.delete(nonce));
  }

  #find(nonce: string): Pending | undefined {
    return [...this.#byChannel.values()].flat().find((letter) => letter.nonce === nonce);
  }

  #show(letter: Letter, stage: Stage = stageOf(letter), notBefore?: number): void {
    const { channelId, nonce } = letter;
    const shown: Pending = { ...plain(letter), stage, ...(notBefore === undefined ? {} : { notBefore }) };
    const others = this.pendingIn(channelId).filter((one) => one.nonce !== nonce);
    this.#byChannel.set(channelId, [...others, shown].sort(inOrder));
  }

  #hide({ channelId, nonce, parcels }: Letter): void {
    for (const { id } of parcels) this.#around.carrier.forget(id);
    this.#silences.delete(nonce);
    this.#byChannel.change(channelId, (all) => all.filter((one) => one.nonce !== nonce));
  }

  /** See what all tabs together have written. */
  async #reread(): Promise<void> {
    const kept = await this.#around.shelf.all();
    const nonces = new Set(kept.map(({ nonce }) => nonce));
    for (const letters of [...this.#byChannel.values()]) {
      const gone = letters.filter(({ nonce }) => !nonces.has(nonce) && !this.#unsettled.has(nonce));
      gone.forEach((letter) => this.#hide(letter));
    }
    const settled = kept.filter(({ nonce }) => !this.#unsettled.has(nonce));
    for (const letter of settled) if (isNews(letter, this.#find(letter.nonce))) this.#show(letter);
  }
}

/** How far a letter is that nobody is at work on. */
function stageOf(letter: Letter): Stage {
  if (letter.failure !== undefined) return "failed";
  return isPacked(letter) ? "waiting" : "uploading";
}

function isNews(kept: Letter, shown: Pending | undefined): boolean {
  return shown === undefined || (kept.failure === undefined) !== (shown.failure === undefined) || isPacked(kept) !== isPacked(shown);
}

function plain({ nonce, channelId, body, parcels, failure }: Letter): Letter {
  return { nonce, channelId, body, parcels, ...(failure === undefined ? {} : { failure }) };
}
