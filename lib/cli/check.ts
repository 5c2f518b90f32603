/** `deno task check`: what must be in order besides the tests. Says all that is wrong, not the first. */
import { CONTENTS, contentsText, readContents } from "./contents.ts";
import { fixtureFiles } from "./fixtures.ts";
import { fileAt, readIfThere } from "./files_in.ts";
import { unlistedTests } from "./gather_tests.ts";
import { readSpecFolder } from "./report/spec_folder.ts";

/** What Deno checks: form, style, types, and the documentation of every entry, with its examples. */
export function checks(entries: readonly string[]): string[][] {
  return [
    ["fmt", "--check"],
    ["lint"],
    ["check", "."],
    ["doc", "--lint", ...entries],
    ["test", "--doc", ...entries],
  ];
}

/** The generated files that are not what their command would write now, each in a sentence. */
async function staleFiles(root: URL): Promise<string[]> {
  const fixtures = Object.entries(await fixtureFiles(fileAt(root, "fixtures/")))
    .map(([file, text]) => [`fixtures/${file}`, text, "fixtures"]);
  const files = [...fixtures, [CONTENTS, contentsText(await readContents(root)), "contents"]];
  const there = await Promise.all(files.map(([file]) => readIfThere(fileAt(root, file))));
  return files.filter(([, text], i) => text !== there[i])
    .map(([file, , task]) => `${file} is stale: run deno task ${task}`);
}

async function passes(root: URL, args: string[]): Promise<boolean> {
  console.log(`deno ${args.join(" ")}`);
  const { success } = await new Deno.Command(Deno.execPath(), { args, cwd: root }).spawn().status;
  return success;
}

if (import.meta.main) {
  const root = new URL("../../", import.meta.url);
  const { exports } = JSON.parse(await Deno.readTextFile(fileAt(root, "deno.json")));
  const { problems } = await readSpecFolder(root);
  const wrong = [...problems, ...await unlistedTests(root), ...await staleFiles(root)];
  for (const args of checks(Object.values(exports))) {
    if (!await passes(root, args)) wrong.push(`deno ${args.slice(0, 2).join(" ")} fails`);
  }
  for (const line of wrong) console.error(line);
  Deno.exit(wrong.length === 0 ? 0 : 1);
}
