/**
 * Python for one page: a worker in a frame without an origin, asked one question at a time, thrown away when an answer
 * takes too long or the reader wants it to stop, and started anew.
 *
 * The frame is taken out of the page, and the worker ends with it, whatever it is doing.
 */
import type { Answer, Question } from "../python/messages.ts";
import { base } from "../ui/base";
import { hasWorker } from "../ui/edition";
import type { Files } from "./gym-files.ts";

const ROOM = "assets/python/room.html";
/** Bytes that Python may take, and characters that it may print for one question. */
const MEMORY = 512 * 2 ** 20;
const OUTPUT = 20_000;
/** Seconds for Python to start, on a slow phone. */
const PATIENCE = 120;

/** Why there is no answer. */
export class Ended extends Error {
  readonly why: "late" | "stopped" | "dead";

  constructor(why: Ended["why"], message = "") {
    super(message);
    this.why = why;
  }
}

interface Open {
  resolve(text: string): void;
  reject(error: Ended): void;
  printed(text: string): void;
}

/**
 * A frame without an origin is not given to a service worker, and then would not be there without a network. So where the
 * guide is kept, the worker closes the frame by a header (keep/worker.ts), and the room runs nothing unless it is closed.
 */
function sandbox(): string {
  return hasWorker() ? "allow-scripts allow-same-origin" : "allow-scripts";
}

export class Python {
  readonly #files: Files;
  #frame: HTMLIFrameElement | null = null;
  #port: MessagePort | null = null;
  #open: Open | null = null;
  #starting: Promise<unknown> | null = null;
  #gone = false;
  #left: (nothing?: unknown) => void = () => undefined;
  readonly #heard = (event: MessageEvent<unknown>): void => this.#hear(event);

  constructor(files: Files) {
    this.#files = files;
    addEventListener("message", this.#heard);
  }

  /** Starts Python unless it is running. */
  async start(): Promise<void> {
    if (this.#gone) throw new Ended("stopped");
    this.#starting ??= this.#begin();
    await this.#starting;
  }

  /** Asks, and waits so many seconds. Rejects with `Ended`, after which Python has to be started again. */
  async ask(question: Question, seconds: number, printed: (text: string) => void = () => undefined): Promise<string> {
    const timer = setTimeout(() => this.#end(new Ended("late")), seconds * 1000);
    try {
      return await new Promise<string>((resolve, reject) => {
        this.#open = { resolve, reject, printed };
        if (this.#port) this.#port.postMessage(question);
        else this.#end(new Ended("stopped"));
      });
    } finally {
      clearTimeout(timer);
      this.#open = null;
    }
  }

  stop(): void {
    this.#end(new Ended("stopped"));
  }

  /** For good. */
  leave(): void {
    this.#gone = true;
    this.stop();
    removeEventListener("message", this.#heard);
  }

  async #begin(): Promise<void> {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", sandbox());
    frame.title = "Python";
    frame.hidden = true;
    frame.src = new URL(ROOM, base).href;
    this.#frame = frame;
    const loaded = new Promise<unknown>((resolve) => {
      frame.addEventListener("load", resolve, { once: true });
      // It may be stopped before.
      this.#left = resolve;
    });
    document.body.append(frame);
    await loaded;
    if (this.#frame !== frame) throw new Ended("stopped");
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Answer>) => this.#answered(data);
    this.#port = port1;
    const { script, files, lock, packages } = this.#files;
    // The room has no origin that could be named.
    frame.contentWindow?.postMessage({ script, port: port2 }, "*", [port2]);
    await this.ask({ kind: "start", files, lock, packages, memory: MEMORY, output: OUTPUT }, PATIENCE);
  }

  #answered(answer: Answer): void {
    const text = String(answer.text);
    if (answer.kind === "printed") this.#open?.printed(text);
    else if (answer.kind === "dead") this.#end(new Ended("dead", text));
    else this.#open?.resolve(text);
  }

  /** The room says that its worker has failed. */
  #hear({ source, data }: MessageEvent<unknown>): void {
    if (this.#frame === null || source !== this.#frame.contentWindow) return;
    const dead = typeof data === "object" && data !== null && "dead" in data ? String(data.dead) : "";
    if (dead !== "") this.#end(new Ended("dead", dead));
  }

  #end(error: Ended): void {
    this.#port?.close();
    this.#frame?.remove();
    this.#port = this.#frame = this.#starting = null;
    this.#left();
    this.#open?.reject(error);
  }
}
