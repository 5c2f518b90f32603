import { assertEquals } from "@std/assert";

const ROOT = new URL("../", import.meta.url);

async function testsIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    if (isDirectory) found.push(...await testsIn(`${folder}${name}/`));
    else if (/_test\.ts$/.test(name) && !name.endsWith("_io_test.ts")) found.push(folder + name);
  }
  return found;
}

Deno.test("the suite imports every test of lib and fixtures that needs no permission", async () => {
  const text = await Deno.readTextFile(new URL("lib/suite.ts", ROOT));
  const imported = [...text.matchAll(/^import "(.+)";$/gm)].map(([, specifier]) =>
    new URL(specifier, new URL("lib/", ROOT)).href.slice(ROOT.href.length)
  );
  const there = [...await testsIn("lib/"), ...await testsIn("fixtures/")];
  assertEquals(imported.toSorted(), there.sort());
});
