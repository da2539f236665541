/**
 * The microphone: recorded by the browser's own recorder, and listened to meanwhile for how loud each moment is. It stops by
 * itself when it has become too long or too large. Nothing of it leaves the page.
 */
import { levelsOf } from "../core/practice/speech.ts";

/** Seconds of one measure of loudness. */
export const STEP = 0.05;
/** Speech needs no more, and an hour of it has 14 MB. */
const BITS = 32_000;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
/** Samples that are looked back at: more than half a second, for pages in the background, whose timers are slow. */
const WINDOW = 32_768;

export interface Limits {
  readonly seconds: number;
  readonly bytes: number;
}

export interface Take {
  readonly sound: Blob;
  readonly levels: readonly number[];
  readonly ended: "asked" | "long" | "large";
}

/** Why there is no recording, in words for the reader. */
export class NoMicrophone extends Error {}

export class Recorder {
  readonly #stream: MediaStream;
  readonly #recorder: MediaRecorder;
  readonly #context = new AudioContext();
  readonly #meter: AnalyserNode;
  readonly #samples = new Float32Array(WINDOW);
  readonly #levels: number[] = [];
  readonly #chunks: Blob[] = [];
  readonly #limits: Limits;
  readonly #done: (take: Take) => void;
  #timer = 0;
  #ended: Take["ended"] = "asked";

  private constructor(stream: MediaStream, limits: Limits, done: (take: Take) => void) {
    this.#stream = stream;
    this.#limits = limits;
    this.#done = done;
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    this.#recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS, ...(mimeType === undefined ? {} : { mimeType }) });
    this.#recorder.ondataavailable = ({ data }) => this.#take(data);
    this.#recorder.onstop = () => this.#finish();
    this.#meter = new AnalyserNode(this.#context, { fftSize: WINDOW });
    this.#context.createMediaStreamSource(stream).connect(this.#meter);
    void this.#context.resume();
    this.#recorder.start(1000);
    this.#timer = window.setInterval(() => this.#listen(), 1000 * STEP);
  }

  /** Rejects with `NoMicrophone` when there is none, or the reader does not allow it. `done` is called once. */
  static async begin(limits: Limits, done: (take: Take) => void): Promise<Recorder> {
    if (!("MediaRecorder" in window) || !("mediaDevices" in navigator)) throw new NoMicrophone("This browser cannot record here.");
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } });
      return new Recorder(stream, limits, done);
    } catch (error) {
      const name = error instanceof Error ? error.name : "";
      if (name === "NotAllowedError" || name === "SecurityError")
        throw new NoMicrophone("The microphone was refused. To record, allow it for this page in your browser, then press Record again.");
      if (name === "NotFoundError") throw new NoMicrophone("No microphone was found.");
      throw new NoMicrophone("The microphone does not answer. Another program may be using it.");
    }
  }

  /** Whole seconds so far. */
  get seconds(): number {
    return Math.floor(this.#levels.length * STEP);
  }

  stop(): void {
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
  }

  /** By the clock of the sound; where the browser does not let that run, by the seconds that were recorded. */
  get #passed(): number {
    return Math.max(this.#context.currentTime, this.#chunks.length - 1);
  }

  /** As many measures as time has passed, from what was heard last; of what lies too far back, the earliest that is known. */
  #listen(): void {
    const missing = Math.floor(this.#passed / STEP) - this.#levels.length;
    if (missing <= 0) return;
    this.#meter.getFloatTimeDomainData(this.#samples);
    const rate = this.#context.sampleRate;
    const heard = Math.min(missing, Math.floor(WINDOW / (rate * STEP)));
    const fresh = levelsOf(this.#samples.subarray(WINDOW - heard * Math.round(rate * STEP)), rate, STEP);
    for (let at = heard; at < missing; at += 1) this.#levels.push(fresh[0] ?? 0);
    this.#levels.push(...fresh);
    if (this.seconds >= this.#limits.seconds) this.#end("long");
  }

  #take(data: Blob): void {
    if (data.size > 0) this.#chunks.push(data);
    if (this.#chunks.reduce((sum, { size }) => sum + size, 0) > this.#limits.bytes) this.#end("large");
  }

  #end(why: Take["ended"]): void {
    if (this.#recorder.state === "inactive") return;
    this.#ended = why;
    this.stop();
  }

  #finish(): void {
    this.#listen();
    clearInterval(this.#timer);
    for (const track of this.#stream.getTracks()) track.stop();
    void this.#context.close();
    this.#done({ sound: new Blob(this.#chunks, { type: this.#recorder.mimeType }), levels: this.#levels, ended: this.#ended });
  }
}
