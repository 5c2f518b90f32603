import type { Recorded, Reply, Request } from "../messages.ts";
import { loadPack } from "./load_pack.ts";

/** What a reader's browser must have, and what it is called there. */
const NEEDED = {
  Worker: "workers",
  WebAssembly: "WebAssembly",
  DecompressionStream: "decompression of streams",
} as const;

/** A worker that runs claims, started when it is first asked. */
export class Host {
  readonly #listen: (reply: Reply) => void;
  #worker?: Promise<Worker>;

  /** @param listen Hears what the worker says, but for what only the two of them need. */
  constructor(listen: (reply: Reply) => void) {
    this.#listen = listen;
  }

  /** Hands a request to the worker. What goes wrong is heard as "refused". */
  async ask(request: Request): Promise<void> {
    try {
      (await (this.#worker ??= this.#start())).postMessage(request);
    } catch (error) {
      this.stop();
      this.#listen({ kind: "refused", reason: `It cannot run here: ${(error as Error).message}.` });
    }
  }

  /** Ends whatever runs; the next request starts anew. */
  stop(): void {
    this.#worker?.then((worker) => worker.terminate(), () => {});
    this.#worker = undefined;
  }

  async #start(): Promise<Worker> {
    const missing = Object.entries(NEEDED).filter(([name]) => !(name in globalThis));
    if (missing.length > 0) {
      throw new Error(`this browser lacks ${missing.map(([, words]) => words).join(" and ")}`);
    }
    const [code, runtime] = await Promise.all([loadPack("worker"), loadPack("runtime")]);
    const source = new Blob([code["worker.js"]], { type: "text/javascript" });
    const worker = new Worker(URL.createObjectURL(source));
    await started(worker, runtime["runtime.wasm"]);
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (data.kind === "need") this.#bring(worker, data.pack);
      else this.#listen(data);
    };
    worker.onerror = ({ message }) => {
      this.stop();
      this.#listen({ kind: "refused", reason: `The worker ended: ${message}.` });
    };
    return worker;
  }

  async #bring(worker: Worker, pack: string): Promise<void> {
    const files = await loadPack(pack).catch((error: Error) => error.message);
    worker.postMessage({ kind: "files", pack, files } satisfies Request);
  }
}

/** Waits until a worker has started its runtime; rejects, and ends it, where it does not. */
async function started(worker: Worker, wasm: Uint8Array<ArrayBuffer>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.onmessage = ({ data }: MessageEvent<Reply>) => {
    if (data.kind === "started") resolve();
    else reject(new Error(data.kind === "refused" ? data.reason : "the worker did not start"));
  };
  worker.onerror = ({ message }) => reject(new Error(message || "the worker did not start"));
  worker.postMessage({ kind: "start", wasm } satisfies Request);
  await promise.catch((error) => {
    worker.terminate();
    throw error;
  });
}

/** What the report has of a page's question. */
export async function loadRecorded(page: string): Promise<Recorded> {
  const { "record.json": bytes } = await loadPack(`record/${page}`);
  return JSON.parse(new TextDecoder().decode(bytes));
}
