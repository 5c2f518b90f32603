import type { Traces } from "../report/reconcile.ts";
import { isSpecFile } from "../report/spec_files.ts";
import { type Ran, runSpec, type SpecRun } from "./run_spec.ts";

/** The spec files on disk, from the project's root, in order. */
export async function findSpecs(root: URL): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(new URL("spec/", root))) {
      if (isFile && isSpecFile(`spec/${name}`)) found.push(`spec/${name}`);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort();
}

/**
 * Runs the spec and gathers what it left. A file that cannot be parsed stops `deno test` before
 * anything runs, so that then each file is run by itself and only the bad one is lost.
 */
export async function gather(run: SpecRun): Promise<Traces> {
  const { root, id, files } = run;
  if (files.length === 0) {
    return { run: id, files, evidence: new Map(), junit: undefined, exit: { code: 0 }, output: "" };
  }
  let ran = await runSpec(run);
  const nothingRan = ran.junit === undefined && ran.exit.signal === undefined;
  if (nothingRan && ran.exit.code !== 0 && files.length > 1) ran = await runEach(run);
  await Deno.writeTextFile(new URL(`report/.evidence/${id}.output.txt`, root), ran.output);
  return { run: id, files, evidence: await readEvidenceFolder(root, id), ...withJunit(ran) };
}

async function runEach(run: SpecRun): Promise<Ran> {
  const all: Ran[] = [];
  for (const file of run.files) all.push(await runSpec({ ...run, files: [file] }));
  const worst = all.find(({ exit }) => exit.code !== 0) ?? all[0];
  const suites = all.flatMap(({ junit }) => junit?.match(/<testsuite [\s\S]*<\/testsuite>/g) ?? []);
  return {
    exit: worst.exit,
    output: all.map(({ output }) => output).join(""),
    junit: `<testsuites>${suites.join("\n")}</testsuites>`,
  };
}

function withJunit({ exit, output, junit }: Ran): Pick<Traces, "exit" | "output" | "junit"> {
  return { exit, output, junit };
}

async function readEvidenceFolder(root: URL, id: string): Promise<Map<string, string>> {
  const folder = new URL(`report/.evidence/${id}/`, root);
  const texts = new Map<string, string>();
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile) {
        texts.set(name, await Deno.readTextFile(new URL(encodeURIComponent(name), folder)));
      }
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return texts;
}
