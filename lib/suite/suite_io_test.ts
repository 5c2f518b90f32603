import { assertEquals } from "@std/assert";

const ROOT = new URL("../../", import.meta.url);
const HERE = new URL("lib/suite/", ROOT);

/** The files of a folder, from the project's root, without those of its own folders. */
async function filesIn(folder: URL): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile) found.push(new URL(name, folder).href.slice(ROOT.href.length));
  }
  return found.sort();
}

/** The tests in a folder and all below it that need no permission. */
async function testsBelow(folder: URL): Promise<string[]> {
  const found = (await filesIn(folder)).filter((file) => /(?<!_io)_test\.ts$/.test(file));
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) found.push(...await testsBelow(new URL(`${name}/`, folder)));
  }
  return found.sort();
}

/** The tests that a suite imports. */
async function testsOf(suite: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(suite, ROOT));
  return [...text.matchAll(/^import "(.+_test\.ts)";$/gm)]
    .map(([, specifier]) => new URL(specifier, HERE).href.slice(ROOT.href.length))
    .sort();
}

Deno.test("the library's suite has every test of lib and fixtures that needs no permission", async () => {
  const there = await Promise.all(["fixtures/", "lib/"].map((it) => testsBelow(new URL(it, ROOT))));
  assertEquals(await testsOf("lib/suite/library.ts"), there.flat());
});

Deno.test("plain `deno test` asks every question, and asks it once", async () => {
  const { test } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  const alone = (file: string) =>
    test.include.some((glob: string) => glob.endsWith("*") && file.startsWith(glob.slice(0, -1)));
  const suites = (await filesIn(HERE)).filter((file) => file.includes("/questions_"));
  const together = (await Promise.all(suites.map(testsOf))).flat();
  const questions = await testsBelow(new URL("spec/", ROOT));
  assertEquals([...together, ...questions.filter(alone)].sort(), questions);
});
