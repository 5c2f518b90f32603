import "../../runtime/testing/give_back.ts";
import { assertGreater, assertLess } from "@std/assert";
import { reluValues } from "../../model/sabotages/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { attentionLinearity } from "./attention_linearity.ts";

const TEXT = [1, 2, 3, 4, 0];
const [PATTERN, SCALE] = ["attn.hook_pattern", "ln1.hook_scale"];

Deno.test("attention is affine with its pattern and scale held, and only then", async () => {
  for (const model of [smallModel({ n_layers: 2 }), smallModel({ biases: false })]) {
    for (const held of [[PATTERN, SCALE], [], [PATTERN], [SCALE]]) {
      const { fromAffine } = await attentionLinearity(model, TEXT, held);
      if (held.length === 2) assertLess(fromAffine, 1e-6, "both held");
      else assertGreater(fromAffine, 1e-3, `held: ${held}`);
    }
  }
  const { fromLinear } = await attentionLinearity(smallModel(), TEXT, [PATTERN, SCALE]);
  assertGreater(fromLinear, 1e-3, "with biases it is not linear");
});

Deno.test("without biases it is linear at once, unless values go through a ReLU", async () => {
  const bare = smallModel({ normalization: "none", biases: false });
  const { fromAffine, fromLinear } = await attentionLinearity(bare, TEXT, [PATTERN]);
  assertLess(Math.max(fromAffine, fromLinear), 1e-6, "linear");
  const bent = await attentionLinearity(reluValues.apply(bare), TEXT, [PATTERN]);
  assertGreater(bent.fromAffine, 1e-3, "a ReLU");
});
