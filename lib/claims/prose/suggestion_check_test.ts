import { assertEquals } from "@std/assert";
import type { PlannedClaim } from "../plan.ts";
import type { RunRecord } from "../record.ts";
import { suggestionProblems } from "./suggestion_check.ts";
import { noCausalMask } from "../../model/sabotages/mask.ts";

/** A claim of which runs on broken models come out so. */
function claim(id: string, ...came: RunRecord["verdict"][]): Pick<PlannedClaim, "id" | "ofFew"> {
  const runs = came.map((verdict): RunRecord => ({
    ...{ model: "one", origin: "built", role: "subject", evidence: null, seconds: 0 },
    ...{ verdict, asExpected: verdict === "holds", reason: "of nothing" },
  }));
  return { id, ofFew: () => Promise.resolve(runs) };
}

const claims = [
  claim("a-mask", "holds", "fails"),
  claim("a-shape", "holds", "not applicable"),
  claim("an-mlp", "not applicable"),
  claim("a-sum", "fails", "broken"),
];

/** What is wrong with what is said to become of them without a mask. */
function said(notice: readonly string[], stand: readonly string[]): Promise<string[]> {
  const sabotages = ["no-causal-mask"];
  return suggestionProblems([{ sabotages, sabotage: noCausalMask, notice, stand }], claims);
}

Deno.test("a claim notices what one of its models does, and stands where none does", async () => {
  assertEquals(await said(["a-mask"], ["a-shape"]), []);
  const start = 'Of what is to be tried: with "no causal mask" the claim';
  assertEquals(await said(["a-shape"], ["a-mask"]), [
    `${start} "a-shape" stands, and it is said that it notices`,
    `${start} "a-mask" notices, and it is said that it stands`,
  ]);
});

Deno.test("what is known of a claim from before is not asked again", async () => {
  const suggestion = { sabotages: ["a", "b"], sabotage: noCausalMask, notice: ["one"], stand: [] };
  const ofFew = () => Promise.reject(new Error("asked"));
  const problems = (tried: "notices" | "stands") =>
    suggestionProblems([suggestion], [{ id: "one", ofFew, tried: { "a&b": tried } }]);
  assertEquals(await problems("notices"), []);
  assertEquals((await problems("stands")).length, 1);
});

Deno.test("what cannot be asked, breaks or is nobody's is told", async () => {
  const start = 'Of what is to be tried: with "no causal mask" the claim';
  assertEquals(await said(["an-mlp", "a-sum", "another"], []), [
    `${start} "an-mlp" cannot be asked, and it is said that it notices`,
    `${start} "a-sum" is broken (of nothing), and it is said that it notices`,
    `${start} "another" is none of this question, and it is said that it notices`,
  ]);
});
