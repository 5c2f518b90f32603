import { isSpecFile, loadingErrors, type Traces } from "../report/mod.ts";
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
  if (files.length === 0) return traces(id, files, NOTHING, new Map());
  let ran = await runSpec(run);
  const errors = new Map(loadingErrors(ran.output));
  if (neverBegan(ran)) ran = await runEach(run, errors);
  await Deno.writeTextFile(new URL(`report/.evidence/${id}.output.txt`, root), ran.output);
  return { ...traces(id, files, ran, errors), evidence: await readEvidenceFolder(root, id) };
}

const NOTHING: Ran = { exit: { code: 0 }, output: "", junit: "<testsuites></testsuites>" };

function traces(
  run: string,
  files: readonly string[],
  { exit, output, junit }: Ran,
  errors: ReadonlyMap<string, string>,
): Traces {
  return { run, files, exit, output, junit, errors, evidence: new Map() };
}

/** Whether `deno test` gave up before it ran anything. */
function neverBegan({ exit, junit }: Ran): boolean {
  return junit === undefined && exit.signal === undefined && exit.code !== 0;
}

/** Runs each file by itself, and notes those that do not even begin. */
async function runEach(run: SpecRun, errors: Map<string, string>): Promise<Ran> {
  const all: Ran[] = [];
  for (const file of run.files) {
    const ran = await runSpec({ ...run, files: [file] });
    for (const [name, error] of loadingErrors(ran.output)) errors.set(name, error);
    if (neverBegan(ran)) errors.set(file, ran.output.split("\n\nStack backtrace")[0].trim());
    all.push(ran);
  }
  const suites = all.flatMap(({ junit }) => junit?.match(/<testsuite [\s\S]*<\/testsuite>/g) ?? []);
  return {
    exit: (all.find(({ exit }) => exit.code !== 0) ?? all[0]).exit,
    output: all.map(({ output }) => output).join(""),
    junit: `<testsuites>${suites.join("\n")}</testsuites>`,
  };
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
