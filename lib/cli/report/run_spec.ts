import { stripVTControlCharacters } from "node:util";
import { fileAt, filesIn, readIfThere } from "../files_in.ts";
import { Patience } from "./patience.ts";
import { type Ended, endedTests } from "./ended_tests.ts";
import { junitFile, keptFile, type Standby, startTests } from "./start_tests.ts";

/** What to run. */
export interface SpecRun {
  /** The project's folder. */
  readonly root: URL;
  /** The run's id, which the evidence is stamped with. */
  readonly id: string;
  /** Spec files from the root. */
  readonly files: readonly string[];
  /** For how many seconds nothing may move. */
  readonly limit: number;
  /** Called as each test ends. */
  readonly onEnd: (ended: Ended) => void;
  /** What is to run it, where it is one file; started anew unless told. */
  readonly standby?: Standby;
}

/** How one `deno test` ended. */
export interface Ran {
  readonly code: number;
  /** What ended it, if it did not end by itself. */
  readonly signal?: string;
  /** Whether it was ended since nothing moved. */
  readonly late: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** What it wrote as JUnit, if it came to that. */
  readonly junit?: string;
}

/** Where a run leaves its evidence, from the root. */
export function evidenceFolder(id: string): string {
  return `report/.evidence/${id}/`;
}

/** Runs spec files with `deno test`. */
export async function runSpec({ root, id, files, limit, onEnd, standby }: SpecRun): Promise<Ran> {
  const junit = fileAt(root, junitFile(id));
  await Deno.remove(junit).catch(() => {});
  const child = standby?.process ?? startTests({ root, id, files });
  if (standby) {
    await Deno.writeTextFile(fileAt(root, keptFile(id)), JSON.stringify(standby.kept ?? []));
  }
  await tell(child, files[0]);
  const look = () => lastChange(root, evidenceFolder(id));
  const letGo = () => child.stdin.close().catch(() => {}); // It may have been let go before.
  using patience = new Patience(limit, look, letGo);
  // What stood by goes by the name of the file that it runs.
  const named = (text: string) => standby ? text.replaceAll(standby.file, files[0]) : text;
  const read = endedTests(files);
  const [stdout, stderr, status] = await Promise.all([
    readLines(child.stdout, (line) => {
      const ended = read(named(line));
      if (!ended) return;
      patience.moved();
      onEnd(ended);
    }),
    readLines(child.stderr, () => patience.moved()),
    child.status,
  ]);
  await letGo();
  // Paths from the project, so that a report says the same wherever it is made.
  const clean = (text: string) => named(stripVTControlCharacters(text).replaceAll(root.href, ""));
  return {
    code: status.code,
    signal: status.signal ?? undefined,
    late: patience.over,
    stdout: clean(stdout),
    stderr: clean(stderr),
    junit: await readIfThere(junit),
  };
}

/** Tells one that stands by which file it is to run; others do not listen. */
async function tell({ stdin }: Deno.ChildProcess, file: string): Promise<void> {
  const writer = stdin.getWriter();
  await writer.write(new TextEncoder().encode(file)).catch(() => {}); // It may have ended.
  writer.releaseLock();
}

/** When something in a folder last changed, and what. */
async function lastChange(root: URL, folder: string): Promise<string> {
  const changes = (await filesIn(root, folder)).map(async ({ path }) => {
    const { mtime } = await Deno.stat(fileAt(root, path)).catch(() => ({ mtime: null }));
    return `${mtime?.getTime()} ${path}`;
  });
  return (await Promise.all(changes)).join("\n");
}

/** As much of what is printed as is kept: what it comes to is at its end. */
const KEPT = 1 << 24;

async function readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onLine: (line: string) => void,
): Promise<string> {
  let text = "";
  let rest = "";
  for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (text.length > 2 * KEPT) text = text.slice(-KEPT);
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!.slice(-KEPT);
    lines.forEach(onLine);
  }
  return text;
}
