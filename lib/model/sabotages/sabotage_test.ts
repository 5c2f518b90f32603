import { assert, assertEquals, assertThrows } from "@std/assert";
import { buildGraph, type Config, rewriteAt } from "../mod.ts";
import { compose, type Sabotage, sabotage } from "./sabotage.ts";
import * as catalogue from "./mod.ts";
import { smallModel } from "../testing/small_models.ts";

const MODEL = smallModel({ n_layers: 2 });

type Case = [sabotage: Sabotage, config: Partial<Config>, reason: string | undefined];

Deno.test("a sabotage says why it does not fit a model, and refuses to be applied to it", () => {
  const cases: Case[] = [
    [catalogue.noCausalMask, {}, undefined],
    [catalogue.noCausalMask, { causal: false }, "it has no causal mask"],
    [catalogue.noCausalMask, { n_layers: 0 }, "it has no attention"],
    [catalogue.maskOffByOne, { causal: false }, "it has no causal mask"],
    [catalogue.selfOnlyHeads, { causal: false }, undefined],
    [catalogue.selfOnlyHeads, { n_layers: 0 }, "it has no attention"],
    [catalogue.leakyMlp(1), { attn_only: true }, "it has no vectors at hook_mlp_out"],
    [catalogue.tokenShift("hook_embed", "x", 1), { n_layers: 0 }, undefined],
    [
      catalogue.tokenShift("attn.hook_pattern", "x", 1),
      {},
      "it has no vectors at attn.hook_pattern",
    ],
    [
      catalogue.tokenShift("attn.hook_pattern", "x", 1),
      {},
      "it has no vectors at attn.hook_pattern",
    ],
    [catalogue.positionedMlp(1), { attn_only: true }, "it has no MLP"],
    [catalogue.mixerMlp, { n_layers: 0 }, "it has no MLP"],
    [catalogue.limitedExperts(1), { attn_only: true }, "it has no MLP"],
    [catalogue.normOverPositions, { normalization: "none" }, "it has no normalization"],
    [catalogue.untrained(), { n_layers: 0, attn_only: true, normalization: "none" }, undefined],
    [catalogue.sharedKeys, { n_heads: 1 }, "it has keys of one head a layer"],
    [catalogue.sharedKeys, { n_key_value_heads: 1 }, "it has keys of one head a layer"],
    [catalogue.transposedQK, { n_key_value_heads: 1 }, undefined],
    [catalogue.noPositions, { positions: "none" }, "it has no positions"],
    [catalogue.noRotation, {}, "its positions are not rotary"],
    [catalogue.clampedPositions, { positions: "alibi" }, "its positions are not stored in a table"],
    ...(["sinusoidal", "alibi", "none"] as const).map((positions): Case => [
      catalogue.restartedPositions,
      { positions },
      "its positions are neither learned nor rotary",
    ]),
    [catalogue.neighbouringRow(11), {}, "it has no token 11"],
    [catalogue.streamAsWideAsTheVocabulary, {}, undefined],
    [
      catalogue.streamAsWideAsTheVocabulary,
      { d_vocab: 10 },
      "its stream is as wide as its vocabulary already",
    ],
    [
      catalogue.streamAsWideAsTheVocabulary,
      { positions: "sinusoidal" },
      "its waves are spread over the whole width",
    ],
  ];
  for (const [{ name, unfit, apply }, changes, reason] of cases) {
    const model = smallModel(changes);
    const what = `${name}, ${JSON.stringify(changes)}`;
    assertEquals(unfit(model.config), reason, what);
    const message = `Cannot break ${model.name} (${name}): ${reason}`;
    if (reason === undefined) buildGraph(apply(model)); // it can be built
    else assertThrows(() => apply(model), RangeError, message);
  }
});

const first = sabotage({
  name: "first",
  description: "Adds 1.",
  rewrite: rewriteAt("hook_embed", (value, { g }) => g.add(value, 1)),
});
const second = sabotage({
  name: "second",
  description: "Renames the weights.",
  unfit: ({ tied }) => tied ? "it is tied" : undefined,
  change: ({ weights }) => ({ weights: { ...weights } }),
});

Deno.test("a sabotage applied to one model twice gives one broken model", () => {
  assert(first.apply(MODEL) === first.apply(MODEL), "the same");
  assert(first.apply(MODEL) !== first.apply({ ...MODEL }), "of another model another");
  assert(compose(first, second).apply(MODEL) === compose(first, second).apply(MODEL), "composed");
});

Deno.test("composed sabotages are applied in order and named together", () => {
  const both = compose(first, second);
  assertEquals(both.name, "first and second", "name");
  assertEquals(both.description, "Adds 1. Renames the weights.", "description");
  const broken = both.apply(MODEL);
  assertEquals(broken.name, `${MODEL.name}, first, second`, "the model's name");
  assertEquals(broken.rewrites.length, 1, "one rewrites");
  assert(broken.weights !== MODEL.weights, "the other changes weights");
  const types = (rewrites: typeof MODEL.rewrites) =>
    buildGraph({ ...MODEL, rewrites }).nodes.slice(0, 6).map(({ type }) => type).join(" ");
  assert(types(broken.rewrites) !== types([]), "the graph has the addition");
});

Deno.test("a composition fits where each part does, on what the parts before it left", () => {
  const tied = smallModel({ tied: true });
  assertEquals(compose(first, second).unfit(MODEL.config), undefined, "both fit");
  assertEquals(compose(first, second).unfit(tied.config), "it is tied", "the second does not");
  const twice = compose(catalogue.noCausalMask, catalogue.maskOffByOne);
  assertThrows(() => twice.apply(MODEL), RangeError, "it has no causal mask", "the mask is gone");
});
