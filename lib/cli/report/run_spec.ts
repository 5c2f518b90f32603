import { stripVTControlCharacters } from "node:util";
import { fileAt, filesIn, readIfThere } from "../files_in.ts";
import { KEEPER } from "./keeper.ts";
import { Patience } from "./patience.ts";
import { type Ended, endedTests } from "./ended_tests.ts";

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

/**
 * Runs spec files with `deno test`, whose process may read and write `report/` and nothing else.
 * Types are not checked: that is what `deno test` is for, and no claim depends on it.
 */
export async function runSpec({ root, id, files, limit, onEnd }: SpecRun): Promise<Ran> {
  const junit = fileAt(root, `report/.evidence/${id}.junit.xml`);
  await Deno.remove(junit).catch(() => {});
  const child = startTests({ root, id, files });
  const look = () => lastChange(root, evidenceFolder(id));
  const letGo = () => child.stdin.close().catch(() => {}); // It may have been let go before.
  using patience = new Patience(limit, look, letGo);
  const read = endedTests(files);
  const [stdout, stderr, status] = await Promise.all([
    readLines(child.stdout, (line) => {
      const ended = read(line);
      if (!ended) return;
      patience.moved();
      onEnd(ended);
    }),
    readLines(child.stderr, () => patience.moved()),
    child.status,
  ]);
  await letGo();
  // Paths from the project, so that a report says the same wherever it is made.
  const clean = (text: string) => stripVTControlCharacters(text).replaceAll(root.href, "");
  return {
    code: status.code,
    signal: status.signal ?? undefined,
    late: patience.over,
    stdout: clean(stdout),
    stderr: clean(stderr),
    junit: await readIfThere(junit),
  };
}

function startTests({ root, id, files }: Pick<SpecRun, "root" | "id" | "files">) {
  const junit = `--junit-path=report/.evidence/${id}.junit.xml`;
  const may = ["--allow-read=report", "--allow-write=report"];
  const test = ["test", "--no-prompt", "--no-check", "--parallel", ...may, junit, ...files];
  const keeper = ["run", "--no-prompt", "--no-config", "--allow-run", KEEPER, Deno.execPath()];
  return new Deno.Command(Deno.execPath(), {
    args: [...keeper, ...test, "--", `--run-id=${id}`],
    cwd: root,
    // No colours, whatever is asked for where this is called.
    env: { NO_COLOR: "1", FORCE_COLOR: "", CLICOLOR_FORCE: "" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
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
