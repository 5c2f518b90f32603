import { assertEquals } from "@std/assert";
import type { RunRecord } from "../../claims/mod.ts";
import { controlOutcomes, modelsInWords, warnings } from "./remarks.ts";
import {
  sampleClaim,
  sampleControl,
  sampleDocument,
  sampleFamily,
  sampleQuestion,
  sampleRun,
} from "../testing/sample.ts";

function view(runs: readonly RunRecord[]) {
  return sampleDocument([sampleQuestion({ claims: [sampleClaim({ runs })] })]).questions[0]
    .views[0];
}

/** How the control came out, as one sentence. */
function control(...runs: readonly RunRecord[]): string {
  const outcomes = controlOutcomes(view([sampleRun(), ...runs]).checks[0]);
  return outcomes.map(({ outcome, where }) => `${outcome}, ${where}`).join("; ");
}

const { model: _, ...failed } = sampleControl();

Deno.test("a family is named once with its size, and what does not apply is left out", () => {
  const { subjects } = view([
    ...sampleFamily(24),
    sampleRun(),
    sampleRun({ model: "attn-2l", verdict: "not applicable" }),
  ]);
  assertEquals(modelsInWords(subjects), "random transformers (24 models); gpt", "in order");
  assertEquals(modelsInWords([]), "nothing", "where it ran on none");
});

Deno.test("a control says that it came out wrong as it should, and on what", () => {
  assertEquals(control(sampleControl()), "failed, as it should, on gpt", "one model");
  assertEquals(
    control(sampleControl(), ...sampleFamily(6, failed)),
    "failed, as it should, on all 7 models",
    "many are counted",
  );
  assertEquals(
    control(sampleControl({ verdict: "holds" })),
    "held, as it should, on gpt",
    "a control of a refuted belief",
  );
});

Deno.test("a control that did not come out wrong everywhere says where", () => {
  const idle = { ...failed, verdict: "not applicable", asExpected: true } as const;
  assertEquals(
    control(
      sampleControl(),
      sampleControl({ model: "attn-2l", verdict: "holds", asExpected: false }),
      ...sampleFamily(6, idle),
    ),
    "failed, as it should, on gpt; held, and should not have, on attn-2l; " +
      "does not apply, to 6 of 8 models",
    "each outcome with its models",
  );
  assertEquals(
    control(sampleControl({ verdict: "broken", asExpected: false })),
    "threw an error, on gpt",
    "errors",
  );
});

Deno.test("a sound and whole run needs no warning, any other does", () => {
  assertEquals(warnings(sampleDocument()), [], "a sound one");
  const files = { run: 1, found: 13 };
  assertEquals(
    warnings(sampleDocument([sampleQuestion()], { files, problems: ["It was killed."] })),
    ["This is a part of the spec: 1 of 13 spec files were run.", "It was killed."],
    "a part of a run that was killed",
  );
});
