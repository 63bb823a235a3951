/** Two short sounds, made by the browser: one for being called, a lower one for a message. */
import type { Telling } from "../../world/telling";

/** Of each sound the pitches, one after the other, in hertz. */
const PITCHES: Readonly<Record<Telling, readonly number[]>> = { call: [660, 880], message: [520] };
const NOTE_S = 0.09;
const FADE_S = 0.28;

export class Chime {
  #context: AudioContext | null = null;

  /** Browsers are silent until the reader has touched the page; then there is nothing to hear yet. */
  play(kind: Telling, volume: number): void {
    if (!navigator.userActivation.hasBeenActive) return;
    this.#context ??= new AudioContext();
    if (this.#context.state !== "running") {
      void this.#context.resume();
      return;
    }
    PITCHES[kind].forEach((pitch, place) => this.#note(pitch, place * NOTE_S, volume));
  }

  close(): void {
    void this.#context?.close();
  }

  #note(pitch: number, after: number, volume: number): void {
    const context = this.#context;
    if (context === null) return;
    const at = context.currentTime + after;
    const [tone, loudness] = [context.createOscillator(), context.createGain()];
    tone.type = "sine";
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(volume * 0.25, at);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + FADE_S);
    tone.connect(loudness).connect(context.destination);
    tone.start(at);
    tone.stop(at + FADE_S);
  }
}
