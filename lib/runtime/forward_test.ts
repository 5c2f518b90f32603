import "./testing/give_back.ts";
import { assertEquals } from "@std/assert";
import { smallModel } from "../model/testing/small_models.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Decoder } from "./decoder.ts";
import { run } from "./run.ts";

Deno.test("a weight that was edited is what every run works with, each in its own way", async () => {
  const shared = smallModel({ n_layers: 1 });
  const b_U = shared.weights["unembed.b_U"].map((x) => x); // the model is other tests', too
  const model = { ...shared, weights: { ...shared.weights, "unembed.b_U": b_U } };
  const nothing = [{ hook: "hook_embed", to: "zero", rows: [] }] as const;
  const ways: Record<string, () => Promise<Tensor>> = {
    "a run": async () => (await run(model, [[1, 2]])).logits,
    "a run that may intervene": async () =>
      (await run(model, [[1, 2]], { interventions: nothing })).logits,
    "a decoder": () => new Decoder(model).step([[1, 2]]),
  };
  const logit = async (way: string) => (await ways[way]()).at(0, 1, 0);
  for (const way of Object.keys(ways)) {
    const before = await logit(way);
    b_U.data[0] += 4;
    const after = await logit(way);
    // A logit of about 1 and 4 more: rounded to 32 bits twice.
    assertEquals(Math.round((after - before) * 1e5) / 1e5, 4, way);
  }
});
