/** A recording of the microphone: how long it is, how loud it was, and at its end the file. */

const TYPES = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"] as const;
const EVERY_MS = 100;
const SECOND_MS = 1000;
/** Levels of a waveform, as the server takes them. */
const MOST_LEVELS = 256;
const LOUDEST = 255;
/** Of what can be measured, speech fills so much. */
const GAIN = 3;

export interface Recorded {
  readonly file: Blob;
  readonly seconds: number;
  readonly waveform: string;
}

export class Recording {
  seconds = $state(0);
  /** Between 0 and 255, the newest last. */
  levels = $state.raw<readonly number[]>([]);
  readonly #stream: MediaStream;
  readonly #recorder: MediaRecorder;
  readonly #context = new AudioContext();
  readonly #started = performance.now();
  readonly #timer: ReturnType<typeof setInterval>;
  #pieces: Blob[] = [];

  constructor(stream: MediaStream) {
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    this.#stream = stream;
    this.#recorder = new MediaRecorder(stream, mimeType === undefined ? {} : { mimeType });
    this.#recorder.ondataavailable = ({ data }) => this.#pieces.push(data);
    this.#recorder.start(SECOND_MS);
    const analyser = this.#context.createAnalyser();
    this.#context.createMediaStreamSource(stream).connect(analyser);
    const wave = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(wave);
      this.#measure(wave);
    }, EVERY_MS);
  }

  /** Asks for the microphone; throws where the browser or its owner says no. */
  static async begin(): Promise<Recording> {
    return new Recording(await navigator.mediaDevices.getUserMedia({ audio: true }));
  }

  async finish(): Promise<Recorded> {
    const seconds = (performance.now() - this.#started) / SECOND_MS;
    const stopped = new Promise((resolve) => (this.#recorder.onstop = resolve));
    this.#recorder.stop();
    await stopped;
    this.discard();
    const type = this.#recorder.mimeType.split(";")[0] ?? "";
    return { file: new Blob(this.#pieces, { type }), seconds, waveform: waveformOf(this.levels) };
  }

  discard(): void {
    clearInterval(this.#timer);
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
    for (const track of this.#stream.getTracks()) track.stop();
    if (this.#context.state !== "closed") void this.#context.close();
  }

  #measure(wave: Float32Array): void {
    const loudness = Math.sqrt(wave.reduce((sum, sample) => sum + sample * sample, 0) / wave.length);
    this.levels = [...this.levels, Math.min(LOUDEST, Math.round(loudness * GAIN * LOUDEST))];
    this.seconds = (performance.now() - this.#started) / SECOND_MS;
  }
}

/** No more than the server takes: each level is the loudest of what it stands for. */
export function waveformOf(levels: readonly number[]): string {
  const count = Math.min(MOST_LEVELS, Math.max(1, levels.length));
  const shares = Array.from({ length: count }, (_, place) => {
    const from = Math.floor((place * levels.length) / count);
    const to = Math.max(from + 1, Math.floor(((place + 1) * levels.length) / count));
    return Math.max(0, ...levels.slice(from, to));
  });
  return btoa(String.fromCharCode(...shares));
}
