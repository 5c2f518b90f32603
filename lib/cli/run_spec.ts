import { type Ended, endedTest } from "./progress.ts";

/** How one `deno test` ended. */
export interface Ran {
  readonly exit: { readonly code: number; readonly signal?: string };
  /** Everything that it printed. */
  readonly output: string;
  /** What it wrote as JUnit, if it came to that. */
  readonly junit?: string;
}

/** What to run. */
export interface SpecRun {
  /** The project's folder. */
  readonly root: URL;
  /** The run's id, which the evidence is stamped with. */
  readonly id: string;
  /** Spec files from the root. */
  readonly files: readonly string[];
  /** Called as each test ends. */
  readonly onEnd: (ended: Ended) => void;
}

/**
 * Runs spec files with `deno test`, whose process may read and write `report/` and nothing else.
 * Types are not checked: that is what `deno test` is for, and no claim depends on it.
 */
export async function runSpec({ root, id, files, onEnd }: SpecRun): Promise<Ran> {
  const junitFile = `report/.evidence/${id}.junit.xml`;
  const command = new Deno.Command(Deno.execPath(), {
    args: [
      ...["test", "--no-prompt", "--no-check", "--parallel"],
      ...["--allow-read=report", "--allow-write=report", `--junit-path=${junitFile}`],
      ...files,
      ...["--", `--run-id=${id}`],
    ],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  const child = command.spawn();
  const [stdout, stderr, status] = await Promise.all([
    readLines(child.stdout, (line) => {
      const ended = endedTest(line);
      if (ended) onEnd(ended);
    }),
    readLines(child.stderr, () => {}),
    child.status,
  ]);
  const { code, signal } = status;
  const junit = await readIfThere(new URL(junitFile, root));
  // Paths from the project, so that a report says the same wherever it is made.
  const output = (stdout + stderr).replaceAll(root.href, "");
  return { exit: { code, signal: signal ?? undefined }, output, junit };
}

async function readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onLine: (line: string) => void,
): Promise<string> {
  let text = "";
  let rest = "";
  for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    lines.forEach(onLine);
  }
  return text;
}

async function readIfThere(file: URL): Promise<string | undefined> {
  try {
    const text = await Deno.readTextFile(file);
    await Deno.remove(file);
    return text;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
