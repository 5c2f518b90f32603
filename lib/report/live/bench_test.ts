import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { ClaimSpec } from "../../claims/claim.ts";
import { planClaim } from "../../claims/plan.ts";
import type { Figure } from "../../claims/mod.ts";
import type { Model } from "../../model/mod.ts";
import { noCausalMask } from "../../model/sabotages/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { Bench } from "./bench.ts";
import type { LiveClaim, Recorded, Reply } from "./messages.ts";

/** A claim about configs alone, so that nothing has to run. */
const masked: ClaimSpec<Model, { open: number; layers: number }> = {
  id: "masked",
  statement: "there is a mask",
  direction: "claim",
  kind: "identity",
  on: [{
    name: "small",
    origin: "random",
    config: smallModel().config,
    load: () => Promise.resolve(smallModel()),
  }],
  measure: ({ config }) => ({ open: config.causal ? 0 : 1, layers: config.n_layers }),
  bounds: { open: { below: 1, what: "how open the mask is" } },
  controls: { "no causal mask": { sabotage: noCausalMask } },
  show: (runs) => ({
    kind: "bars",
    title: "How open the mask is",
    caption: "None is.",
    x: { label: "model" },
    y: { label: "open" },
    rows: runs.map(({ model, evidence }) => ({ x: model, y: evidence.open })),
  }),
};

/** The picture that the report has: one bar, as high as told. */
const figure = (y: number): Figure => ({
  kind: "bars",
  title: "How open the mask is",
  caption: "None is.",
  x: { label: "model" },
  y: { label: "open" },
  rows: [{ x: "small", y }],
});

const RECORDED: Recorded = {
  masked: {
    runs: [
      { model: "small", evidence: { open: 0, layers: 1 } },
      { model: "small", control: "no causal mask", evidence: { open: 1, layers: 2 } },
    ],
    figures: [figure(0)],
  },
};

function bench() {
  const said: Reply[] = [];
  const questionIn = () => Promise.resolve({ claims: [planClaim(masked)] });
  return { said, bench: new Bench(questionIn, (reply) => said.push(reply)) };
}

/** What was said of the one claim. */
async function claimAfter(
  chosen: Parameters<Bench["run"]>[1],
  recorded = RECORDED,
): Promise<LiveClaim> {
  const { said, bench: made } = bench();
  await made.run("spec/01_test.ts", chosen, recorded);
  assertEquals(said.at(-1), { kind: "done" });
  return said.flatMap((reply) => reply.kind === "claim" ? [reply.claim] : [])[0];
}

Deno.test("a claim is run step by step, and its numbers are compared with the report's", async () => {
  const { said, bench: made } = bench();
  await made.run("spec/01_test.ts", [], RECORDED);
  const steps = said.flatMap((reply) => reply.kind === "progress" ? [reply.step] : []);
  assertEquals(steps, ["small", "must fail on: no causal mask"]);
  const { verdict, numbers, pictures } = await claimAfter([]);
  assertEquals([verdict, numbers], ["holds", { same: 3, of: 4, apart: 0.5 }]);
  assertEquals(pictures[0].figure.title, "How open the mask is");
  assertStringIncludes(pictures[0].charts.wide, "<svg");
});

Deno.test("on broken models a claim fails, and says on which", async () => {
  const { verdict, reason = "", findings, pictures } = await claimAfter([{ id: "no-causal-mask" }]);
  assertEquals(verdict, "fails");
  assertStringIncludes(reason, "on small, ");
  assertEquals(findings, ["how open the mask is: 1 (unbroken: 0), must be below 1"]);
  assertEquals(pictures.length, 1, "and shows it");
  const unfit = await claimAfter([{ id: "no-rotation" }]);
  assertEquals(unfit.verdict, "not applicable", "where its positions do not turn");
});

Deno.test("it says what is done, and draws on the report's scales where they have room", async () => {
  const { said, bench: made } = bench();
  await made.run("spec/01_test.ts", [{ id: "no-causal-mask" }], RECORDED);
  const [first] = said;
  assertEquals(first.kind === "breaking" && first.description, noCausalMask.description);
  const alike = async (y: number) => {
    const recorded = { masked: { ...RECORDED.masked, figures: [figure(y)] } };
    return (await claimAfter([{ id: "no-causal-mask" }], recorded)).pictures[0].charts.alike;
  };
  assertEquals([await alike(2), await alike(0.5)], [true, false]);
});

Deno.test("it runs anew each time", async () => {
  const { said, bench: made } = bench();
  for (const chosen of [[], [{ id: "no-causal-mask" }], []]) {
    await made.run("spec/01_test.ts", chosen, RECORDED);
  }
  const verdicts = said.flatMap((reply) => reply.kind === "claim" ? [reply.claim.verdict] : []);
  assertEquals(verdicts, ["holds", "fails", "holds"]);
});

Deno.test("what can be broken is offered, and what there is not is refused", async () => {
  const { bench: made } = bench();
  const [first] = await made.offers("spec/01_test.ts");
  assertEquals(first.id, "no-causal-mask");
  assertEquals(await made.readers("spec/01_test.ts", {}), []);
  await assertRejects(() => made.run("spec/01_test.ts", [{ id: "no-mask" }], {}), RangeError);
});
