/** The process that fetches a model: see `fetch_apart.ts`, which starts it. */
import type { FetchJob, FetchOutcome } from "./fetch_apart.ts";
import { fetchModel } from "./fetch_model.ts";
import type { ListedFile } from "./hub.ts";

/** How often a line is written over, in milliseconds. */
const OFTEN = 200;

/** Shows how far a file is: on a terminal in a line that changes, elsewhere when it begins. */
export function progressOn(terminal: boolean, write: (text: string) => void) {
  let [shown, last] = ["", 0];
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  return ({ path, size }: ListedFile, bytes: number): void => {
    const begins = shown !== path;
    shown = path;
    if (!terminal) return begins ? write(`Fetching ${path}, ${megabytes(size)} MB\n`) : undefined;
    if (!begins && bytes < size && Date.now() - last < OFTEN) return;
    last = Date.now();
    const end = bytes < size ? "" : "\n";
    write(`\r\x1b[KFetching ${path}: ${megabytes(bytes)} of ${megabytes(size)} MB${end}`);
  };
}

async function fetchHere({ at, storage }: FetchJob): Promise<FetchOutcome> {
  const encoder = new TextEncoder();
  const write = (text: string) => void Deno.stderr.writeSync(encoder.encode(text));
  try {
    const onProgress = progressOn(Deno.stderr.isTerminal(), write);
    return await fetchModel(at, storage, { onProgress });
  } catch (error) {
    return { refused: (error as Error).message };
  }
}

if (import.meta.main) console.log(JSON.stringify(await fetchHere(JSON.parse(Deno.args[0]))));
