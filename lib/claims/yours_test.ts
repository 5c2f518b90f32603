import { assertEquals, assertLess, assertMatch } from "@std/assert";
import { type Model, needs, Unfit } from "../model/mod.ts";
import { noCausalMask, noRotation } from "../model/sabotages/mod.ts";
import { smallModel } from "../model/testing/small_models.ts";
import type { ClaimSpec } from "./claim.ts";
import { planClaim } from "./plan.ts";
import { sabotaged, type Subject } from "./subject.ts";

function subjectOf(model: Model, origin: Subject<Model>["origin"] = "yours"): Subject<Model> {
  const { name, config } = model;
  return { name, config, origin, load: () => Promise.resolve(model) };
}

const own = smallModel({}, 7);
const trained = subjectOf(smallModel(), "trained");

/** What a small causal model has: a mask. */
const masked: ClaimSpec<Model, { causal: number }> = {
  id: "masked",
  statement: "a model is masked",
  kind: "identity",
  direction: "claim",
  on: [trained],
  measure: ({ config }) => ({ causal: Number(config.causal) }),
  bounds: { causal: { equals: 1, what: "a mask" } },
  controls: { "no causal mask": { sabotage: noCausalMask, on: [trained] } },
};

function asked(changed: Partial<typeof masked> = {}, model = own) {
  return planClaim({ ...masked, ...changed }).ofYours(subjectOf(model));
}

Deno.test("a reader's model stands in the place of what a claim asks, its twin in the control's", async () => {
  const { outcome, unnoticed, runs } = await asked();
  assertEquals([outcome, unnoticed], ["agrees", []]);
  assertEquals(runs.map(({ model, origin, control }) => [model, origin, control]), [
    [own.name, "yours", undefined],
    [own.name, "yours", "no causal mask"],
  ]);
});

Deno.test("what another model contradicts is news, and no twin is taken for a proof that is none", async () => {
  const { outcome, reason, unnoticed } = await asked({ kind: "empirical" }, {
    ...own,
    config: { ...own.config, causal: false },
  });
  assertEquals(outcome, "does not");
  assertMatch(reason!, /a mask: causal must be exactly 1, got 0/);
  assertEquals(unnoticed, [], "the twin is without a mask, too");
  const blind = await asked({ measure: () => ({ causal: 1 }) });
  assertEquals([blind.outcome, blind.unnoticed], ["agrees", ["no causal mask"]]);
});

Deno.test("an identity is asked in the place of models that are wired alike", async () => {
  const unmasked = { ...own, config: { ...own.config, causal: false } };
  const { outcome, reason, runs } = await asked({}, unmasked);
  assertEquals([outcome, reason, runs], ["not applicable", "it has no causal mask", []]);
});

Deno.test("changed subjects are changed likewise, and what does not fit says why", async () => {
  const on = sabotaged([trained], noCausalMask);
  const plain = { "as it was": { on: [trained] } };
  const { runs } = await asked({
    on,
    controls: plain,
    bounds: { causal: { equals: 0, what: "" } },
  });
  assertEquals(runs.map(({ model, verdict }) => [model, verdict]), [
    [`${own.name}, no causal mask`, "holds"],
    [own.name, "fails"],
  ]);
  const turned = await asked({ on: sabotaged([trained], noRotation) });
  assertEquals(turned.reason, "its positions are not rotary");
  const lacking = await asked({ needs: () => "it has no window" });
  assertEquals([lacking.outcome, lacking.reason], ["not applicable", "it has no window"]);
});

Deno.test("a control that is about other models than these is left out", async () => {
  const { runs } = await asked({ controls: { "another model": { on: [trained] } } });
  assertEquals(runs.length, 1);
});

Deno.test("who was chosen for what he lacks has no stand-in in a model that lacks nothing", async () => {
  const measure = () => ({ causal: 2 });
  const ofThese = (control: object) =>
    asked({ controls: { lacking: { on: [trained], ...control } } });
  assertEquals((await ofThese({ measure })).runs.length, 2, "measured otherwise");
  assertEquals((await ofThese({ measure, needs: false })).runs.length, 1);
});

Deno.test("a change that a control needs more for is none to a model without that", async () => {
  const control = {
    on: [trained],
    needs: () => "it has one layer",
    measure: () => ({ causal: 1 }),
  };
  const { outcome, unnoticed, runs } = await asked({ controls: { "without a layer": control } });
  assertEquals([outcome, unnoticed], ["agrees", []]);
  assertEquals([runs[1].verdict, runs[1].reason], ["not applicable", "it has one layer"]);
});

Deno.test("several models in one subject have no single one in their place", async () => {
  const pair = { name: "pair", origin: "trained", load: () => Promise.resolve(own) } as const;
  assertMatch((await asked({ on: [pair] })).reason!, /trained to be compared/);
});

Deno.test("want of tokens or of a window is no fault of the check; anything else is", async () => {
  const lacking = (): Promise<{ causal: number }> =>
    Promise.reject(new Unfit("the vocabulary has 3 tokens"));
  const short = await asked({ measure: lacking });
  assertEquals([short.outcome, short.reason], ["not applicable", "the vocabulary has 3 tokens"]);
  const broken = await asked({ measure: () => Promise.reject(new TypeError("no such hook")) });
  assertEquals(broken.outcome, "broken");
  const { verdict } = await planClaim({ ...masked, measure: lacking }).record();
  assertEquals(verdict, "broken", "who asks our models is to know what they have");
});

Deno.test("what takes longer than it may is left out, and is no fault of the check", async () => {
  const never = () => new Promise<never>(() => {});
  const ask = (changed: Partial<typeof masked>) =>
    planClaim({ ...masked, ...changed }).ofYours(subjectOf(own), 0.05);
  const slow = await ask({ measure: never });
  const reason = "it took longer than the limit of 0.05 s, and was measuring";
  assertEquals([slow.outcome, slow.reason, slow.runs.length], ["not applicable", reason, 1]);
  const twin = { on: [trained], sabotage: noCausalMask, measure: never };
  const { outcome, unnoticed, runs } = await ask({ controls: { slow: twin, after: noCausalMask } });
  assertEquals([outcome, unnoticed], ["agrees", []]);
  assertEquals(runs.slice(1).map((run) => run.reason), [
    reason,
    `it was not run, since this claim may still be running on ${own.name}`,
  ]);
});

Deno.test("a construction that does not come out of another model contradicts nothing", async () => {
  const { outcome } = await asked({ kind: "construction", measure: () => ({ causal: 0 }) });
  assertEquals(outcome, "not applicable");
});

Deno.test("of next to nothing nothing is asked", async () => {
  const tiny = smallModel({ n_ctx: 2 });
  const { reason } = await asked({}, tiny);
  assertEquals(reason, "its window is 2 tokens, and 8 are needed");
  assertLess(tiny.config.n_ctx, 8);
  assertEquals(needs.mask(tiny.config), undefined, "whatever else it has");
});
