import { assertEquals } from "@std/assert";
import { evidenceFiles, nameProblem, specFile } from "./spec_file.ts";

Deno.test("a spec's path, stem and number are read from its URL", () => {
  const cases = [
    [
      "spec/01_earlier%20tokens_test.ts",
      "spec/01_earlier tokens_test.ts",
      "01_earlier tokens_test",
      1,
    ],
    ["spec/100_%C3%BC%231_test.ts", "spec/100_ü#1_test.ts", "100_ü#1_test", 100],
    // From elsewhere it keeps its whole URL.
    ["https://example.com/mine_test.ts", "https://example.com/mine_test.ts", "mine_test", 0],
  ] as const;
  for (const [url, path, stem, number] of cases) {
    assertEquals(specFile(new URL(url, new URL("../../", import.meta.url)).href), {
      path,
      stem,
      number,
    });
  }
});

Deno.test("a name is understood that has a number, a subject and nothing else", () => {
  for (const name of ["01_a", "05_b", "50_a_b", "100_a-b", "99_A1"]) {
    assertEquals(nameProblem(`spec/${name}_test.ts`), undefined, name);
  }
  for (const name of ["5_a", "014_a", "00_a", "a", "_01_a", ".01_a", "01", "01_a b", "01_ü"]) {
    assertEquals(
      nameProblem(`spec/${name}_test.ts`)?.endsWith(`got spec/${name}_test.ts`),
      true,
      name,
    );
  }
  for (const path of ["spec/01_a.test.ts", "spec/01_a_test.js", "spec/a/01_a_test.ts"]) {
    assertEquals(nameProblem(path) === undefined, false, path);
  }
});

Deno.test("its evidence is named after it", () => {
  const names = { record: "01_a_test.json", running: "01_a_test.running.json" };
  assertEquals(evidenceFiles({ stem: "01_a_test" }), names);
});
