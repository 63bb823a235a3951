/** Files come whole, however often the line breaks. */
import { expect, test } from "vitest";
import { Refused, Unreachable } from "../rest/errors";
import type { Put, PutOptions } from "./sending";
import { Clock, settled } from "./testing";
import { Uploads, type Harbour } from "./uploads";

const MIB = 1024 * 1024;
const SPAN = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+)$/;

/** As the real one: what has arrived before a break is kept. */
class Storage {
  readonly files = new Map<string, number>();
  readonly announced: string[] = [];
  readonly takenBack: string[] = [];
  readonly spans: (string | undefined)[] = [];
  /** How many bytes still come through before the next break. */
  breaksAfter = Infinity;
  refuses = false;
  holds: Promise<void> | null = null;
  sizes = new Map<string, number>();

  readonly harbour = (clock: Clock): Harbour => ({
    chance: clock,
    isOnline: () => true,
    put: (url, bytes, options) => this.#put(url, bytes.size, options),
    announce: (_channelId, { files }) => {
      const [file] = files;
      if (file === undefined || this.refuses) return Promise.reject(new Refused(413, 40_005, "Request entity too large"));
      this.announced.push(file.filename);
      this.sizes.set(`https://here/${file.filename}`, file.file_size);
      return Promise.resolve({
        attachments: [{ id: "0", upload_url: `https://here/${file.filename}`, upload_filename: `up.${file.filename}` }],
      });
    },
    takeBack: (filename) => Promise.resolve(this.takenBack.push(filename)),
  });

  async #put(url: string, size: number, { range, signal, onProgress }: PutOptions): Promise<Put> {
    this.spans.push(range);
    await this.holds;
    signal.throwIfAborted();
    const total = this.sizes.get(url) ?? 0;
    const [, start] = SPAN.exec(range ?? `bytes 0-${size - 1}/${size}`) ?? [];
    const known = range === undefined ? 0 : (this.files.get(url) ?? 0);
    if (start !== undefined && Number(start) === known) {
      const through = Math.min(size, this.breaksAfter);
      this.files.set(url, known + through);
      onProgress(through);
      this.breaksAfter -= through;
      if (through < size) {
        this.breaksAfter = Infinity;
        throw new Unreachable("broken");
      }
    }
    const offset = this.files.get(url) ?? 0;
    return { status: offset === total ? 200 : 308, offset, body: undefined };
  }
}

function parcel(filename: string, bytes: number) {
  return { id: filename, filename, file: new Blob([new Uint8Array(bytes)]) };
}

function stage() {
  const clock = new Clock();
  const storage = new Storage();
  return { clock, storage, uploads: new Uploads(storage.harbour(clock)) };
}

test("a small file goes at once", async () => {
  const { storage, uploads } = stage();
  expect(await uploads.bring("1", parcel("a.txt", 10))).toBe("up.a.txt");
  expect(uploads.byId.get("a.txt")).toMatchObject({ state: "done", sent: 10, size: 10 });
  expect(storage.spans).toEqual([undefined]);
});

test("a large file goes in pieces, and after a break goes on where it broke", async () => {
  const { clock, storage, uploads } = stage();
  storage.breaksAfter = 11 * MIB;
  const brought = uploads.bring("1", parcel("film.mov", 20 * MIB));
  await settled();
  expect(storage.files.get("https://here/film.mov")).toBe(11 * MIB);
  await clock.pass(1000);
  expect(await brought).toBe("up.film.mov");
  const total = 20 * MIB;
  expect(storage.spans).toEqual([
    `bytes 0-${8 * MIB - 1}/${total}`,
    `bytes ${8 * MIB}-${16 * MIB - 1}/${total}`,
    `bytes */${total}`,
    `bytes ${11 * MIB}-${19 * MIB - 1}/${total}`,
    `bytes ${19 * MIB}-${total - 1}/${total}`,
  ]);
});

test("no more than three at once", async () => {
  const { storage, uploads } = stage();
  let go: () => void = () => undefined;
  storage.holds = new Promise((resolve) => (go = resolve));
  const all = ["a", "b", "c", "d", "e"].map((name) => uploads.bring("1", parcel(name, 1)));
  await settled();
  expect(storage.announced).toEqual(["a", "b", "c"]);
  expect(uploads.byId.get("d")?.state).toBe("queued");
  go();
  expect(await Promise.all(all)).toHaveLength(5);
});

test("who asks again is told of the same upload", async () => {
  const { storage, uploads } = stage();
  uploads.begin("1", parcel("a", 1));
  await uploads.bring("1", parcel("a", 1));
  expect(storage.announced).toEqual(["a"]);
});

test("what is refused says so, and may be tried again", async () => {
  const { storage, uploads } = stage();
  storage.refuses = true;
  uploads.begin("1", parcel("a", 1));
  await settled();
  expect(uploads.byId.get("a")).toMatchObject({ state: "failed", failure: { kind: "refused", code: "40005" } });
  storage.refuses = false;
  expect(await uploads.bring("1", parcel("a", 1))).toBe("up.a");
});

test("a cancelled upload frees its berth and is not heard of again", async () => {
  const { storage, uploads } = stage();
  storage.holds = new Promise(() => undefined);
  uploads.begin("1", parcel("a", 1));
  await settled();
  uploads.cancel("a");
  expect(uploads.byId.get("a")).toBeUndefined();
});

test("a file that was there already is taken back", async () => {
  const { storage, uploads } = stage();
  await uploads.bring("1", parcel("a", 1));
  uploads.cancel("a");
  await settled();
  expect(storage.takenBack).toEqual(["up.a"]);
});

test("many breaks without a byte between them are a failure", async () => {
  const { clock, storage, uploads } = stage();
  const harbour = { ...storage.harbour(clock), put: () => Promise.reject(new Unreachable("away")) };
  const lonely = new Uploads(harbour);
  lonely.begin("1", parcel("a", 1));
  await settled();
  for (let time = 0; time < 6; time++) await clock.pass(15_000);
  expect(lonely.byId.get("a")).toMatchObject({ state: "failed", failure: { kind: "silent" } });
  expect(uploads.byId.size).toBe(0);
});
