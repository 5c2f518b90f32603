import "./testing/give_back.ts";
import { assert, assertEquals, assertLess, assertNotEquals } from "@std/assert";
import { catalogue } from "../model/sabotages/catalogue.ts";
import { noCausalMask } from "../model/sabotages/mod.ts";
import type { Model } from "../model/model.ts";
import { checkTokens } from "../model/tokens.ts";
import { LLAMA, oneOfEach, smallModel } from "../model/testing/small_models.ts";
import { maxDifference, Tensor } from "../tensor/mod.ts";
import { assertSameBits } from "../tensor/testing/assert_same_bits.ts";
import { forward, type ForwardOptions, streamInto } from "./forward.ts";
import { noInterventions } from "./interventions.ts";
import { partsOf } from "./parts.ts";
import { hookNames } from "./testing/run_all.ts";

const TEXTS = [[1, 2, 3, 4], [4, 0, 2, 2]];
const DEEP = { n_layers: 3 };

function pass(model: Model, options: ForwardOptions = {}, fetch = hookNames(model)) {
  const nothing = noInterventions(model.config, options.intervene ?? []);
  return forward(model, options, { tokens: checkTokens(model.config, TEXTS), ...nothing }, fetch);
}

Deno.test("in parts a model has the bits that it has as a whole, at every hook", async () => {
  const models = [...oneOfEach(DEEP), smallModel({ ...LLAMA, ...DEEP, tied: true })];
  const others = [smallModel({ n_layers: 0 }), noCausalMask.apply(smallModel(DEEP))];
  for (const model of [...models, ...others]) {
    const [whole, parts] = [await pass(model), await pass(model, { inParts: true })];
    for (const hook of hookNames(model)) {
      assertSameBits(parts[hook], whole[hook], `${model.name}: ${hook}`);
    }
  }
});

Deno.test("what is broken is broken in parts as it is as a whole", async () => {
  const shape = { n_layers: 2, n_ctx: TEXTS[0].length }; // one sabotage takes whole windows only
  const factors = { factor: 4, low_freq_factor: 1, high_freq_factor: 4 };
  const position_scaling = { type: "llama3", original_n_ctx: 32, ...factors } as const;
  const models = [...oneOfEach(shape), smallModel({ ...LLAMA, ...shape, position_scaling })];
  for (const { id, make } of catalogue) {
    const sabotage = make();
    const model = models.find(({ config }) => sabotage.unfit(config) === undefined);
    assert(model, `none of these can be broken by ${id}`);
    const broken = sabotage.apply(model);
    const hooks = hookNames(broken);
    const [whole, parts] = [await pass(broken), await pass(broken, { inParts: true })];
    for (const hook of hooks) assertSameBits(parts[hook], whole[hook], `${id}: ${hook}`);
  }
});

Deno.test("all sound blocks are one graph; small models run as a whole", () => {
  const graphs = (options: ForwardOptions) =>
    partsOf(smallModel(DEEP), options).map(({ graph }) => `${graph.bytes}`);
  const [embed, first, second, third, unembed] = graphs({ inParts: true });
  assertEquals([second, third], [first, first], "three blocks");
  assertEquals(new Set([embed, first, unembed]).size, 3, "what embeds and unembeds");
  assertEquals(graphs({}).length, 1, "few numbers in its weights");
  const hook = "blocks.1.attn.hook_z";
  const touched = graphs({ inParts: true, intervene: [hook] });
  assertNotEquals(touched[2], touched[1], "an intervention in the second alone");
});

Deno.test("a pass goes on from the stream that another one had before a block", async () => {
  const model = smallModel(DEEP);
  for (const layer of [0, 1, 2, 3]) { // 3 is the unembedding
    const { logits, [streamInto(layer)]: stream } = await pass(
      model,
      { inParts: true },
      ["logits", streamInto(layer)],
    );
    const late = await pass(model, { inParts: true, start: { layer, stream } }, ["logits"]);
    assertSameBits(late.logits, logits, `from block ${layer}`);
    assertEquals(Object.keys(late), ["logits"], "no stream is kept that nobody wants");
  }
});

Deno.test("the last position's logits are what they are among all", async () => {
  const model = smallModel(DEEP);
  const { logits } = await pass(model, { inParts: true }, ["logits"]);
  const last = Tensor.from([0, 1].map((row) => [[...logits.get(row, 3).data]])); // [2, 1, d_vocab]
  for (const inParts of [true, false]) {
    const alone = await pass(model, { inParts, last: true }, ["logits"]);
    assertEquals(alone.logits.shape, last.shape);
    // A few rows may be multiplied in another order than many: some roundings of sums of products.
    assertLess(maxDifference(alone.logits, last), 1e-5, `in parts: ${inParts}`);
  }
});
