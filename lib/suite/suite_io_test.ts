import { assertEquals } from "@std/assert";

const ROOT = new URL("../../", import.meta.url);
const HERE = new URL("lib/suite/", ROOT);

/** The tests in a folder and all below it that need no permission, from the project's root. */
async function testsBelow(folder: URL): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) found.push(...await testsBelow(new URL(`${name}/`, folder)));
    else if (/(?<!_io)_test\.ts$/.test(name)) {
      found.push(new URL(name, folder).href.slice(ROOT.href.length));
    }
  }
  return found;
}

/** The tests that a file of this folder imports, itself or by way of another one. */
async function testsOf(suite: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(suite, HERE));
  const imported = [...text.matchAll(/^import "(.+)";$/gm)].map(([, specifier]) => specifier);
  const tests = imported.filter((specifier) => specifier.endsWith("_test.ts"))
    .map((specifier) => new URL(specifier, HERE).href.slice(ROOT.href.length));
  const others = imported.filter((specifier) => specifier.startsWith("./"));
  return [...tests, ...(await Promise.all(others.map(testsOf))).flat()];
}

Deno.test("plain `deno test` runs every test that needs no permission, and runs it once", async () => {
  const { test } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  const [halves, ...globs]: string[] = test.include;
  assertEquals(halves, "lib/suite/*_half.ts");
  const together = await Promise.all(["first_half.ts", "second_half.ts"].map(testsOf));
  const folders = ["fixtures/", "lib/", "spec/"].map((folder) => testsBelow(new URL(folder, ROOT)));
  const there = (await Promise.all(folders)).flat();
  const alone = there.filter((file) => globs.some((glob) => file.startsWith(glob.slice(0, -1))));
  assertEquals([...together.flat(), ...alone].sort(), there.sort());
});
