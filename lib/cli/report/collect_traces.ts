import { evidenceFiles, specFileAt } from "../../claims/spec_file.ts";
import { loadingErrors, type Traces } from "../../report/mod.ts";
import { fileAt, filesIn, readIfThere } from "../files_in.ts";
import { evidenceFolder, type Ran, runSpec, type SpecRun } from "./run_spec.ts";

/** What to run, and whom to tell that some of it is run again, and why, where that is to be known. */
export interface Collecting extends SpecRun {
  readonly onAgain: (files: readonly string[], why?: string) => void;
}

/** What is known so far. */
interface Collected {
  code: number;
  output: string;
  readonly suites: string[];
  readonly errors: Map<string, string>;
  readonly cuts: Map<string, string>;
}

/** Runs the spec and collects what it left. */
export async function collectTraces(run: Collecting): Promise<Traces> {
  const { root, id, files } = run;
  const all: Collected = { code: 0, output: "", suites: [], errors: new Map(), cuts: new Map() };
  if (files.length > 0) await collect(run, all);
  await Deno.writeTextFile(fileAt(root, `report/.evidence/${id}.output.txt`), all.output);
  const junit = `<testsuites>${all.suites.join("\n")}</testsuites>`;
  return { ...all, run: id, files, junit, evidence: await readEvidence(root, id) };
}

/**
 * Runs some files together. Where that is cut short, as by one that cannot be parsed or never ends,
 * there are no results of any: whoever is to blame is left out, and the others are run once more,
 * each by itself where nobody is known to be.
 */
async function collect(run: Collecting, all: Collected): Promise<void> {
  const { files } = run;
  const ran = await runSpec(run);
  if (run.standby && !ran.late && !cameToEnd(ran)) return await withoutStandby(run, all);
  if (isWhole(ran)) return add(ran, all);
  const blamed = files.length === 1 ? files : ran.late ? await stillRunning(run) : [];
  for (const file of blamed) blame(file, ran, run.limit, all);
  const others = files.filter((file) => !blamed.includes(file));
  if (others.length === 0) return;
  const by = blamed.map((file) => ` by ${file}`).join(" and");
  run.onAgain(others, `The tests were cut short${by}.`);
  const groups = blamed.length > 0 ? [others] : others.map((file) => [file]);
  for (const group of groups) await collect({ ...run, files: group }, all);
}

/** What is wrong with a file is said, in the usual words, by a run of it alone, as if by the first. */
async function withoutStandby(run: Collecting, all: Collected): Promise<void> {
  const evidence = fileAt(run.root, evidenceFolder(run.id));
  await Deno.remove(evidence, { recursive: true }).catch(() => {}); // There may be none.
  run.onAgain(run.files);
  await collect({ ...run, standby: undefined }, all);
}

/** Whether nothing was thrown outside of the tests, and all of these ran. */
function cameToEnd(ran: Ran): boolean {
  return isWhole(ran) && uncaught(ran).size === 0;
}

function isWhole({ junit }: Ran): boolean {
  return junit?.trimEnd().endsWith("</testsuites>") ?? false;
}

/** What is printed by a run that passed is no error, whatever it looks like. */
function uncaught({ code, stdout }: Ran): Map<string, string> {
  return code === 0 ? new Map() : loadingErrors(stdout);
}

/** Adds a run that came to its end. */
function add(ran: Ran, all: Collected): void {
  const { code, stdout, stderr, junit } = ran;
  all.code ||= code;
  all.output += stdout + stderr;
  all.suites.push(...junit!.match(/<testsuite [\s\S]*<\/testsuite>/g) ?? []);
  for (const [file, error] of uncaught(ran)) all.errors.set(file, error);
}

/** Notes why a file has no results. */
function blame(file: string, ran: Ran, limit: number, all: Collected): void {
  all.code ||= ran.code;
  all.output += ran.stdout + ran.stderr;
  if (ran.late) all.cuts.set(file, `Nothing moved in it for ${limit} s, so it was ended`);
  else if (ran.signal) all.cuts.set(file, `It was ended by ${ran.signal} before it was done`);
  else if (ran.code === 0) all.cuts.set(file, "It ended before it was done");
  else all.errors.set(file, ran.stderr.split("\n\nStack backtrace")[0].trim());
}

/** The files that have begun something and not ended it. */
async function stillRunning({ root, id, files }: SpecRun): Promise<string[]> {
  const there = (await filesIn(root, evidenceFolder(id))).map(({ path }) => path);
  const note = (file: string) => evidenceFolder(id) + evidenceFiles(specFileAt(file)).running;
  return files.filter((file) => there.includes(note(file)));
}

async function readEvidence(root: URL, id: string): Promise<Map<string, string>> {
  const folder = evidenceFolder(id);
  const texts = new Map<string, string>();
  for (const { path } of await filesIn(root, folder)) {
    const text = await readIfThere(fileAt(root, path));
    if (text !== undefined) texts.set(path.slice(folder.length), text);
  }
  return texts;
}
