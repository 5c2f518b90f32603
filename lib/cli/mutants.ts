/** `deno task mutants`: changes the code of models and runs a little, and asks who notices. */
import { parseArgs } from "@std/cli/parse-args";
import { fileURLToPath } from "node:url";
import { fileAt, filesIn } from "./files_in.ts";
import { askOf, type Fate } from "./mutants/ask.ts";
import { whyItSurvives } from "./mutants/explained.ts";
import { type Mutant, mutantsOf } from "./mutants/mutate.ts";

const USAGE = `usage: deno task mutants [--most=NUMBER] [--only=TEXT] [--list] [--help]

Applies small changes to the files of lib/model and lib/runtime, one at a time, in a copy of the
project, and asks the spec and then the library's tests whether they notice. What came of each is kept
in .mutants/fates.json, so that a run that was stopped goes on. --most asks of so many, spread evenly
over the code (200); --only of those in files whose names hold a text; --list only lists them.`;

/** What is mutated: what the answers rest on. Reading files and making fixtures is tested elsewhere. */
const MUTATED =
  /^lib\/(model\/(config|heads|hooks|params|tokens)|model\/(graph|variants)\/\w+|runtime\/\w+)\.ts$/;

/** What is tested with permissions alone. */
const ELSEWHERE = "lib/runtime/native.ts";

if (import.meta.main) {
  const { most = "200", only = "", list, help } = parseArgs(Deno.args, {
    string: ["most", "only"],
    boolean: ["list", "help"],
  });
  if (help) console.log(USAGE);
  else await main(new URL("../../", import.meta.url), Number(most), only, list);
}

async function main(root: URL, most: number, only: string, list: boolean): Promise<void> {
  const mutants = evenly(await allMutants(root, only), most);
  if (list) return mutants.forEach((mutant) => console.log(inWords(mutant)));
  const [fates, copy] = [await kept(root), await copyOf(root)];
  for (const [i, mutant] of mutants.entries()) {
    const known = fates.find((fate) => inWords(fate) === inWords(mutant));
    const fate = known ?? await askOf(mutant, copy);
    if (!known) fates.push(fate);
    console.log(`${i + 1}/${mutants.length} ${fate.noticed}: ${inWords(fate)} (${fate.by ?? "-"})`);
    await Deno.writeTextFile(fileAt(root, ".mutants/fates.json"), JSON.stringify(fates, null, 2));
  }
  const asked = mutants.map((mutant) => ({
    ...fates.find((fate) => inWords(fate) === inWords(mutant))!,
    within: mutant.within,
  }));
  summary(asked).forEach((line) => console.log(line));
}

async function allMutants(root: URL, only: string): Promise<Mutant[]> {
  const files = (await filesIn(root, "lib/")).map(({ path }) => path)
    .filter((file) =>
      MUTATED.test(file) && file !== ELSEWHERE && !file.endsWith("_test.ts") && file.includes(only)
    );
  const mutants: Mutant[] = [];
  for (const file of files.sort()) {
    mutants.push(...mutantsOf(file, await Deno.readTextFile(fileAt(root, file))));
  }
  return mutants;
}

/** So many of them, at even distances: the same each time, whatever came of them. */
function evenly(all: readonly Mutant[], most: number): Mutant[] {
  const count = Math.min(most, all.length);
  return Array.from({ length: count }, (_, i) => all[Math.floor(i * all.length / count)]);
}

function inWords({ file, line, kind, before, after }: Omit<Mutant, "source" | "within">): string {
  const short = (code: string) => code.replace(/\s+/g, " ").slice(0, 60);
  return `${file}:${line} ${kind}: ${short(before)} -> ${short(after)}`;
}

/** Who noticed how many, and every survivor with its reason: one without is a forgotten question. */
function summary(fates: readonly Fate[]): string[] {
  const count = (noticed: Fate["noticed"]) =>
    fates.filter((fate) => fate.noticed === noticed).length;
  const survivors = fates.filter(({ noticed }) => noticed === "nobody");
  const unexplained = survivors.filter((fate) => whyItSurvives(fate) === undefined);
  return [
    `${fates.length} mutants: ${count("spec")} noticed by the spec, ` +
    `${count("spec") + count("library")} by the whole suite; ${unexplained.length} unexplained`,
    ...survivors.map((fate) => `survived: ${inWords(fate)} (${whyItSurvives(fate) ?? "why?"})`),
  ];
}

async function kept(root: URL): Promise<Fate[]> {
  await Deno.mkdir(fileAt(root, ".mutants/"), { recursive: true });
  try {
    return JSON.parse(await Deno.readTextFile(fileAt(root, ".mutants/fates.json")));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** A clone of what is committed, in which files may be spoilt. */
async function copyOf(root: URL): Promise<URL> {
  const copy = fileAt(root, ".mutants/copy/");
  await Deno.remove(copy, { recursive: true }).catch(() => {}); // the first time there is none
  const { success } = await new Deno.Command("git", {
    args: ["clone", "--quiet", fileURLToPath(root), fileURLToPath(copy)],
  }).output();
  if (!success) throw new Error(`Cannot clone ${fileURLToPath(root)} to ${fileURLToPath(copy)}`);
  return copy;
}
