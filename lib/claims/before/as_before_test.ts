import { assertEquals } from "@std/assert";
import { planClaim } from "../plan.ts";
import { TRIED } from "../prose/suggestion_check.ts";
import type { ClaimRecord, QuestionRecord, SuggestionRecord } from "../record.ts";
import { line, throughZero } from "../testing/toy.ts";
import { asBefore, keep, keptOf } from "./as_before.ts";

const claim = planClaim(throughZero({}));
const record = await claim.record();

/** What is kept of a question with these claims. */
function kept(claims: ClaimRecord[], more: Partial<QuestionRecord> = {}) {
  return keptOf({ claims, problems: [], ...more } as QuestionRecord);
}

/** The same claim as it is made where that is to be kept. */
function made(claims: ClaimRecord[], changed: Parameters<typeof throughZero>[0] = {}) {
  keep(kept(claims));
  try {
    return asBefore(planClaim(throughZero(changed)));
  } finally {
    keep([]);
  }
}

Deno.test("a claim that is kept is not run, and has its record but for what hangs on the text", async () => {
  const load = () => Promise.reject(new Error("asked"));
  const same = made([{ ...record, line: 12, quoted: "at" }], { on: [{ ...line("one"), load }] });
  assertEquals(await same.record(), record);
  assertEquals(same.steps.map(({ name }) => name), ["as before"]);
  assertEquals(await same.steps[0].run(), record.runs);
});

Deno.test("any other claim is asked, and so is one that did not stand or was there twice", () => {
  const asked = claim.steps.map(({ name }) => name);
  const others: ClaimRecord[][] = [
    ...[[], [{ ...record, id: "other" }], [{ ...record, statement: "another" }]],
    ...[[{ ...record, verdict: "fails" as const }], [record, record]],
  ];
  for (const claims of others) assertEquals(made(claims).steps.map(({ name }) => name), asked);
});

Deno.test("what was suggested is kept where all of it was borne out", () => {
  const { id } = record;
  const what = { name: "", description: "", why: "" };
  const suggestions: SuggestionRecord[] = [
    { ...what, sabotages: ["a"], notice: [id], stand: [] },
    { ...what, sabotages: ["b", "c"], notice: ["other"], stand: [id] },
    { ...what, sabotages: ["d"], notice: ["other"], stand: [] },
  ];
  const [{ tried }] = kept([record], { suggestions });
  assertEquals(tried, { "a": "notices", "b&c": "stands" });
  assertEquals(kept([record], { suggestions, problems: [`${TRIED} x`] })[0].tried, {});
});
