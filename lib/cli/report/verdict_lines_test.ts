import { assertEquals } from "@std/assert";
import * as sample from "../../report/testing/sample.ts";
import { verdictLines } from "./verdict_lines.ts";

Deno.test("a report that stands says so, and where it is, in its last line", () => {
  assertEquals(
    verdictLines(sample.document()).at(-1),
    "Every claim stands: see report/index.html, report/answers.md and report/answers.json",
    "the last line",
  );
});

Deno.test("what does not stand is named by file and claim, with its reason", () => {
  const wrong = sample.claim({ verdict: "not trusted", reason: "it had to fail\nand held" });
  const lines = verdictLines(sample.document([
    sample.question({ verdict: "not trusted", claims: [sample.claim({ id: "fine" }), wrong] }),
    sample.question({ number: 1, file: "spec/01_a_test.ts" }),
  ], { problems: ["It was killed."] }));
  assertEquals(lines.slice(0, -2), [
    "not trusted: spec/10_mlp_moves_nothing_test.ts",
    "  not trusted: an MLP's output at one position ignores every other position (mlp-is-local)\n" +
    "    it had to fail\n    and held",
    "! It was killed.",
  ], "only what does not stand");
  assertEquals(lines.at(-1)!.startsWith("NOT every claim stands"), true, "the last line");
});
