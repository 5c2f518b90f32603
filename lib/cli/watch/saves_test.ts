import { assertEquals } from "@std/assert";
import { hangsOn } from "./saves.ts";

Deno.test("an answer hangs on its question, the folder beside it, the library and the models", () => {
  const concerns = hangsOn(["spec/10_a_test.ts"]);
  const cases: [boolean, string[]][] = [
    [true, ["spec/10_a_test.ts", "spec/10_a/subjects.ts", "lib/model/mod.ts", "fixtures/mod.ts"]],
    [true, ["mod.ts", "deno.json"]],
    [false, [
      "deno.lock",
      "spec/11_b_test.ts",
      "spec/10_ab/x.ts",
      "spec/README.md",
      "report/index.html",
    ]],
    [false, ["spec/10_a/.x.ts.swp", "lib/x.ts~", "spec/10_a/4913", "lib/.#x.ts", "lib/x.tmp"]],
  ];
  for (const [expected, paths] of cases) {
    for (const path of paths) assertEquals(concerns(path), expected, path);
  }
});
