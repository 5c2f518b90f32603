/**
 * `deno task tests`: gathers the tests that need no permission.
 *
 * `deno test` gives every file an isolate of its own, and one that compiles the library and starts
 * the runtime anew costs seconds. So one file imports them all, and deno.json leaves out what it
 * gathers: of the questions exactly those, so that one that is not gathered is run by its folder.
 */
import { fileAt, readIfThere } from "./files_in.ts";
import { type TestsOnDisk, testsOnDisk } from "./tests_on_disk.ts";

/** The file that imports the others, from the project's root. */
export const GATHERED = "lib/gathered_tests.ts";

const ROOT = new URL("../../", import.meta.url);

/** The text of the file that gathers. */
export function gatheredText({ library, specs }: TestsOnDisk): string {
  return `// deno-fmt-ignore-file
// Written by \`deno task tests\`: every test that needs no permission, in one isolate.
import "./runtime/testing/give_back.ts";
import { gatherSpecs } from "./cli/gathered_specs.ts";
import config from "../deno.json" with { type: "json" };
${library.map((file) => `import ${specifier(file)};\n`).join("")}
await gatherSpecs(config.test.include, {
${specs.map((file) => `  ${JSON.stringify(file)}: () => import(${specifier(file)}),\n`).join("")}});
`;
}

function specifier(file: string): string {
  return JSON.stringify(file.startsWith("lib/") ? file.replace("lib/", "./") : `../${file}`);
}

/** deno.json with what `deno test` is to look for. */
export function configText(config: string, { specs }: TestsOnDisk): string {
  const include = ["spec/", GATHERED, ...specs.map((file) => `!${file}`)];
  const lines = include.map((path) => `      ${JSON.stringify(path)}`).join(",\n");
  return config.replace(
    /("test": \{\s*"include": )\[[^\]]*\]/,
    (_, key) => `${key}[\n${lines}\n    ]`,
  );
}

/** The tests of the library that would not be run, or are gone, each in a sentence. */
export async function unlistedTests(root: URL): Promise<string[]> {
  const { library } = await testsOnDisk(root);
  const text = await readIfThere(fileAt(root, GATHERED)) ?? "";
  const listed = new Set(
    [...text.matchAll(/^import "(\S+_test\.ts)";$/gm)].map(([, file]) => file),
  );
  const there = new Set(library.map((file) => JSON.parse(specifier(file))));
  return [...listed.symmetricDifference(there)].map((file) =>
    `${GATHERED} ${listed.has(file) ? "lists" : "does not list"} ${file}: run deno task tests`
  );
}

if (import.meta.main) {
  const tests = await testsOnDisk(ROOT);
  const config = fileAt(ROOT, "deno.json");
  await Deno.writeTextFile(fileAt(ROOT, GATHERED), gatheredText(tests));
  await Deno.writeTextFile(config, configText(await Deno.readTextFile(config), tests));
}
