/** A film or a sound while it is there: where it is, how loud, how fast; only one is heard at a time. */
import type { Preferences } from "../../../store/preferences.svelte";

const SPEEDS = [1, 1.25, 1.5, 2, 0.5, 0.75] as const;

export class Playback {
  time = $state(0);
  isPlaying = $state(false);
  isMuted = $state(false);
  speed = $state<number>(SPEEDS[0]);
  /** Of the file itself, once it is known; before that as the message tells. */
  #length = $state<number>();
  #media: HTMLMediaElement | null = null;
  readonly #preferences: Preferences;
  readonly #told: () => number;

  constructor(preferences: Preferences, told: () => number) {
    this.#preferences = preferences;
    this.#told = told;
  }

  get length(): number {
    return this.#length ?? this.#told();
  }

  get volume(): number {
    return this.isMuted ? 0 : this.#preferences.all.mediaVolume;
  }

  readonly hold = (media: HTMLMediaElement): (() => void) => {
    const stop = new AbortController();
    const on = (name: string, then: () => void) => media.addEventListener(name, then, { signal: stop.signal });
    this.#media = media;
    media.volume = this.#preferences.all.mediaVolume;
    on("timeupdate", () => (this.time = media.currentTime));
    on("durationchange", () => (this.#length = Number.isFinite(media.duration) ? media.duration : undefined));
    on("pause", () => (this.isPlaying = false));
    on("ended", () => (this.isPlaying = false));
    on("play", () => {
      this.isPlaying = true;
      media.playbackRate = this.speed;
      for (const other of document.querySelectorAll<HTMLMediaElement>("video, audio")) if (other !== media) other.pause();
    });
    return () => {
      stop.abort();
      media.pause();
      this.#media = null;
    };
  };

  async toggle(): Promise<void> {
    if (this.isPlaying) this.#media?.pause();
    else await this.play();
  }

  async play(): Promise<void> {
    try {
      await this.#media?.play();
    } catch (problem) {
      // It was stopped before it began, or cannot be played: the element says so itself.
      if (!(problem instanceof DOMException)) throw problem;
    }
  }

  seek(time: number): void {
    this.time = Math.min(Math.max(0, time), this.length);
    if (this.#media !== null) this.#media.currentTime = this.time;
  }

  /** Kept in mind for everything that will be heard on this device. */
  setVolume(volume: number): void {
    this.isMuted = volume === 0;
    if (volume > 0) this.#preferences.set({ mediaVolume: volume });
    this.#apply();
  }

  toggleMuted(): void {
    this.isMuted = !this.isMuted;
    this.#apply();
  }

  nextSpeed(): void {
    this.speed = SPEEDS[(SPEEDS.indexOf(this.speed as (typeof SPEEDS)[number]) + 1) % SPEEDS.length] ?? SPEEDS[0];
    if (this.#media !== null) this.#media.playbackRate = this.speed;
  }

  #apply(): void {
    if (this.#media === null) return;
    this.#media.muted = this.isMuted;
    this.#media.volume = this.#preferences.all.mediaVolume;
  }
}
