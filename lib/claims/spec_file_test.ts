import { assertEquals } from "@std/assert";
import { evidenceFiles, specFile } from "./spec_file.ts";

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

Deno.test("its evidence is named after it", () => {
  const names = { record: "01_a_test.json", running: "01_a_test.running.json" };
  assertEquals(evidenceFiles({ stem: "01_a_test" }), names);
});
