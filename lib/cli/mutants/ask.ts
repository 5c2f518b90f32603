import { fileURLToPath } from "node:url";
import { fileAt } from "../files_in.ts";
import type { Mutant } from "./mutate.ts";

/** What became of a mutant. */
export interface Fate extends Omit<Mutant, "source"> {
  /** Who noticed it first: a claim or the answer of the spec, a test of the library, or nobody. */
  readonly noticed: "spec" | "library" | "nobody";
  /** What the one that noticed is called, or that time ran out. */
  readonly by?: string;
}

/** How long a mutant may take: some never end. */
const LIMIT = 400_000;

/**
 * The specs, those first that notice most in the least time: what is wrong with a model is found in
 * seconds, and only a survivor is asked everything.
 */
const ORDER = ["10", "06", "11", "05", "13", "02", "12", "01", "09", "07", "04", "03", "08"];

/** Puts a mutant into a copy of the project, asks the spec and then the library's tests, mends it. */
export async function askOf(mutant: Mutant, copy: URL): Promise<Fate> {
  const { source, ...what } = mutant;
  const file = fileAt(copy, mutant.file);
  const sound = await Deno.readTextFile(file);
  await Deno.writeTextFile(file, source);
  try {
    const spec = await failure(copy, await specsIn(copy));
    if (spec !== undefined) return { ...what, noticed: "spec", by: spec };
    const library = await failure(copy, ["lib/gathered_tests.ts"]);
    return library === undefined
      ? { ...what, noticed: "nobody" }
      : { ...what, noticed: "library", by: library };
  } finally {
    await Deno.writeTextFile(file, sound);
  }
}

/** The spec's files in the order in which they are asked. */
async function specsIn(copy: URL): Promise<string[]> {
  const names = (await Array.fromAsync(Deno.readDir(fileAt(copy, "spec/"))))
    .map(({ name }) => name).filter((name) => name.endsWith("_test.ts"));
  const place = (name: string) => (ORDER.indexOf(name.slice(0, 2)) + 99) % 99;
  return names.sort((a, b) => place(a) - place(b)).map((name) => `spec/${name}`);
}

/** The first test that fails, or nothing where all pass. */
async function failure(copy: URL, files: readonly string[]): Promise<string | undefined> {
  const args = ["test", "--no-check", "--fail-fast", "--quiet", "--no-prompt", ...files];
  const child = new Deno.Command(Deno.execPath(), {
    args,
    cwd: fileURLToPath(copy),
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, LIMIT);
  const { success, stdout, stderr } = await child.output().finally(() => clearTimeout(timer));
  if (success) return undefined;
  const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  return late ? "its time ran out" : firstFailure(text);
}

/** The name of the first test that failed, as Deno lists it, or what stopped it from loading. */
export function firstFailure(text: string): string {
  const listed = /^(.+?) \.\.\. FAILED/m.exec(text)?.[1] ?? /^error: (.+)$/m.exec(text)?.[1];
  return (listed ?? "no reason was given").trim().slice(0, 160);
}
