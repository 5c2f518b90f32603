import "../../runtime/testing/give_back.ts";
import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { leakyMlp } from "../../model/sabotages/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { averaging } from "../testing/models.ts";
import { permutationEquivariance } from "./equivariance.ts";

const TEXT = [1, 2, 3, 4, 0];
const MLP = { from: "hook_resid_mid", to: "hook_mlp_out" };
const ATTENTION = { from: "hook_resid_pre", to: "hook_attn_out" };

Deno.test("an MLP commutes with a reordering of positions, and a leaky one does not", async () => {
  for (const model of [smallModel(), smallModel({ n_layers: 2, positions: "alibi" })]) {
    const { apart, moved } = await permutationEquivariance(model, TEXT, MLP);
    assertEquals(apart, 0, `${model.name}: to the bit`);
    assertGreater(moved, 0, `${model.name}: the order did change`);
    const leaky = await permutationEquivariance(leakyMlp(0.01).apply(model), TEXT, MLP);
    assertGreater(leaky.apart, 0, `${model.name}: a neighbour is noticed`);
  }
});

Deno.test("causal attention knows the order, and a mean of all positions does not", async () => {
  const apart = async (causal: boolean) =>
    (await permutationEquivariance(averaging(5, { causal }), TEXT, ATTENTION)).apart;
  assertGreater(await apart(true), 0.01, "a mask");
  assertLess(await apart(false), 2e-6, "but for rounding");
});

Deno.test("of several parts the worst counts, each fed in another order by itself", async () => {
  const model = smallModel({ n_layers: 2 });
  const each = [MLP, ATTENTION].map((part) => permutationEquivariance(model, TEXT, part));
  const [mlp, attention] = await Promise.all(each);
  const both = await permutationEquivariance(model, TEXT, [MLP, ATTENTION]);
  assertEquals(both.apart, attention.apart, "an MLP adds none");
  assertEquals(both.moved, Math.max(mlp.moved, attention.moved));
});
