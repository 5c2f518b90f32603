import { assertEquals, assertStringIncludes } from "@std/assert";
import { configText, gatheredText } from "./gather_tests.ts";

const TESTS = {
  library: ["fixtures/texts/a_test.ts", "lib/onnx/b_test.ts"],
  io: ["lib/cli/c_io_test.ts"],
  specs: ["spec/01_a_test.ts", "spec/100_b_test.ts"],
};

Deno.test("the gathered file imports the library's tests, and the questions each by itself", () => {
  const text = gatheredText(TESTS);
  assertStringIncludes(
    text,
    'import "../fixtures/texts/a_test.ts";\nimport "./onnx/b_test.ts";\n\n',
  );
  assertStringIncludes(
    text,
    `{
  "spec/01_a_test.ts": () => import("../spec/01_a_test.ts"),
  "spec/100_b_test.ts": () => import("../spec/100_b_test.ts"),
});
`,
  );
  assertEquals(text.includes("c_io_test"), false, "what needs permission is left out");
});

Deno.test("deno.json leaves the gathered questions out, and is otherwise as it was", () => {
  const config = `{
  "publish": { "include": ["mod.ts"] },
  "test": {
    "include": ["spec/", "!spec/07_gone_test.ts"],
    "exclude": ["report/"]
  }
}
`;
  assertEquals(
    configText(config, TESTS),
    config.replace(
      '["spec/", "!spec/07_gone_test.ts"]',
      `[
      "spec/",
      "lib/gathered_tests.ts",
      "!spec/01_a_test.ts",
      "!spec/100_b_test.ts"
    ]`,
    ),
  );
});
