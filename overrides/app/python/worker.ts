/**
 * The worker in which a reader's Python runs. It is handed everything that it needs and fetches nothing.
 *
 * It lives in a room (guide.publish.python) without an origin, under a policy that allows no request, no other script and
 * no text as code. So what a program can do here is compute, print, and take time and memory. Time is the page's to end:
 * it throws the room away. Memory is capped where WebAssembly's grows, and where Python's files would grow beside it.
 */
import { loadPyodide } from "pyodide";
import createPyodideModule from "pyodide/pyodide.asm.mjs";
import harness from "./harness.py";
import type { Answer, Question, Start } from "./messages.ts";

/** An address that leads nowhere: Python asks for its files by name, and gets what the page has given. */
const HERE = "https://python.invalid/";
/** Bytes that a program may write to files, which are no files but memory. */
const FILES = 64 * 2 ** 20;
/** What a worker could reach beyond itself. The policy refuses it all; so it is not offered either. */
const OUTSIDE = [
  ...["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "Worker", "SharedWorker", "importScripts"],
  ...["indexedDB", "caches", "BroadcastChannel", "Notification", "FileReaderSync", "webkitRequestFileSystem"],
];

type Functions = Readonly<Record<"run" | "check", (text: string) => string>> & {
  close(emit: (text: string) => void): void;
  load(code: string, checks: string): string;
};

let port: MessagePort | null = null;
let python: Functions | null = null;
let left = 0;
let most = 0;

const say = (answer: Answer): void => port?.postMessage(answer);

addEventListener("message", ({ data }: MessageEvent<MessagePort>) => {
  if (port) return;
  port = data;
  port.onmessage = ({ data: question }: MessageEvent<Question>) => void answer(question);
});

async function answer(question: Question): Promise<void> {
  try {
    if (question.kind === "start") await start(question);
    say({ kind: "answer", text: question.kind === "start" ? "" : ask(question) });
  } catch (error) {
    say({ kind: "dead", text: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  }
}

function ask(question: Exclude<Question, Start>): string {
  if (!python) throw new Error("Python was not started");
  left = most;
  if (question.kind === "run") return python.run(question.code);
  return question.kind === "load" ? python.load(question.code, question.checks) : python.check(question.name);
}

async function start({ files, lock, packages, memory, output }: Start): Promise<void> {
  most = output;
  capMemory(memory);
  globalThis.fetch = async (request) => {
    const file = files.get(new URL(String(request)).pathname.slice(1));
    const type = String(request).endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return file ? new Response(file, { headers: { "content-type": type } }) : new Response(null, { status: 404 });
  };
  const nothing = (): void => undefined;
  const pyodide = await loadPyodide({
    createPyodideModule,
    indexURL: HERE,
    packageBaseUrl: HERE,
    lockFileContents: lock,
    // What `import js` would give.
    jsglobals: Object.create(null) as object,
    stdin: () => null,
    stdout: nothing,
    stderr: nothing,
    env: { PYTHONHASHSEED: "0" },
  });
  capFiles(pyodide.FS);
  if (packages.length > 0) {
    const loaded = await pyodide.loadPackage([...packages], { messageCallback: nothing, errorCallback: nothing });
    const missing = packages.filter((name) => !loaded.some((one) => one.name === name));
    if (missing.length > 0) throw new Error(`${missing.join(", ")} could not be loaded`);
  }
  const space = pyodide.toPy({ __name__: "harness" });
  pyodide.runPython(harness, { globals: space, filename: "harness.py" });
  python = Object.fromEntries(["close", "run", "load", "check"].map((name) => [name, space.get(name)])) as unknown as Functions;
  python.close(printed);
  for (const name of OUTSIDE) Object.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
}

/** Each text at once: who is stopped in a loop has printed what was printed. */
function printed(text: string): void {
  if (left <= 0) return;
  say({ kind: "printed", text: text.length > left ? `${text.slice(0, left)}\n… The rest of the output is not shown.\n` : text });
  left -= text.length;
  if (left === 0) left = -1;
}

/** Python asks for more through this one function, and takes a refusal for a full memory (MemoryError). */
function capMemory(most: number): void {
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function (pages: number): number {
    if (this.buffer.byteLength + pages * 65536 > most) throw new RangeError("the memory limit is reached");
    return grow.call(this, pages);
  };
}

/** Files of Python lie in the memory of JavaScript, which the cap above does not see. All that is written counts. */
function capFiles(given: unknown): void {
  const fs = given as FileSystem;
  const { MEMFS } = fs.filesystems;
  const { write } = fs;
  const { resizeFileStorage } = MEMFS;
  const NO_SPACE = 51;
  let taken = 0;
  const take = (bytes: number): void => {
    taken += bytes;
    if (taken > FILES) throw new fs.ErrnoError(NO_SPACE);
  };
  fs.write = (stream, buffer, offset, length, ...rest) => {
    take(length);
    return write.call(fs, stream, buffer, offset, length, ...rest);
  };
  MEMFS.resizeFileStorage = (node, size) => {
    take(Math.max(0, size - (node.usedBytes ?? 0)));
    resizeFileStorage.call(MEMFS, node, size);
  };
}

interface FileSystem {
  readonly ErrnoError: new (number: number) => Error;
  readonly filesystems: { readonly MEMFS: { resizeFileStorage(node: { readonly usedBytes?: number }, size: number): void } };
  write(stream: unknown, buffer: unknown, offset: number, length: number, ...rest: unknown[]): number;
}
