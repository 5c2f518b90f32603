import { assertEquals } from "@std/assert";
import type { RunRecord } from "../../claims/mod.ts";
import * as sample from "../testing/sample.ts";
import { controlOutcomes, modelsInWords, openingWords, runInWords } from "./remarks.ts";

/** How the control came out, as one sentence. */
function control(...runs: readonly RunRecord[]): string {
  const outcomes = controlOutcomes(sample.view({ runs: [sample.run(), ...runs] }).controlViews[0]);
  return outcomes.map(({ outcome, where }) => `${outcome}, ${where}`).join("; ");
}

const { model: _, ...failed } = sample.control();

Deno.test("a family is named once with its size, and what does not apply is left out", () => {
  const idle = sample.run({ model: "attn-2l", verdict: "not applicable" });
  const { subjects } = sample.view({ runs: [...sample.family(24), sample.run(), idle] });
  assertEquals(modelsInWords(subjects), "random transformers (24 models); gpt", "in order");
  assertEquals(modelsInWords([]), "nothing", "where it ran on none");
});

Deno.test("a control says in which ways it came out, and on what", () => {
  const one = sample.control();
  const held = sample.control({ model: "attn-2l", verdict: "holds", asExpected: false });
  const idle = sample.family(6, { ...failed, verdict: "not applicable" });
  const cases: [runs: RunRecord[], words: string][] = [
    [[one], "failed, as it should, on gpt"],
    [[one, ...sample.family(6, failed)], "failed, as it should, on all 7 models"],
    [[sample.control({ verdict: "holds" })], "held, as it should, on gpt"],
    [
      [one, held, ...idle],
      "failed, as it should, on gpt; held, and should not have, on attn-2l; " +
      "does not apply, to 6 of 8 models",
    ],
    [[sample.control({ verdict: "broken", asExpected: false })], "threw an error, on gpt"],
  ];
  for (const [runs, words] of cases) assertEquals(control(...runs), words);
});

Deno.test("an aside is told by its first words, without their marks", () => {
  assertEquals(openingWords("*Few* words, `here`."), "Few words, here.");
  assertEquals(
    openingWords("A [logit](#term-logit) of [0.3](#10-a), say: so one two, three, four."),
    "A logit of 0.3, say: so …",
  );
});

Deno.test("what ran is told with the runtime of a reader's own model, where that is another", () => {
  const run = { tool: { deno: "2.9.6", onnxruntime: "1.30.0" }, files: { run: 13, found: 13 } };
  const yours = { name: "mine", about: "2 layers", notes: [], claims: [] };
  const web = "Deno 2.9.6, onnxruntime-web 1.30.0; 13 spec files.";
  assertEquals(runInWords(run), web);
  assertEquals(runInWords({ ...run, yours: { ...yours, runtime: "web" } }), web);
  assertEquals(
    runInWords({ ...run, yours: { ...yours, runtime: "native" } }),
    "Deno 2.9.6, onnxruntime-web 1.30.0, and onnxruntime-node 1.30.0 for your model; 13 spec files.",
  );
});
