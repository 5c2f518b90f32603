import "../../runtime/testing/give_back.ts";
import { assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import type { Model } from "../../model/mod.ts";
import { Random, Tensor } from "../../tensor/mod.ts";
import { noCausalMask } from "../../model/sabotages/mod.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { averaging, modelOf } from "../testing/models.ts";
import { fitProbes, probePosition, readProbe, rSquared } from "./linear_probe.ts";

Deno.test("a probe finds the weights and the constant that made the numbers", () => {
  const x = new Random(1).normalTensor([40, 3]);
  const numbers = Array.from({ length: 40 }, (_, i) => 7 + 2 * x.at(i, 0) - 5 * x.at(i, 2));
  const [probe] = fitProbes(x, [numbers]);
  // A ridge of a millionth of the spread pulls each weight by a millionth of itself.
  assertClose(probe.weights.data, [2, 0, -5], 2e-5, "weights");
  assertClose([probe.constant], [7], 2e-5, "what is added");
  assertClose(readProbe(probe, x), numbers, 1e-4, "rows");
});

Deno.test("a probe bears coordinates that say the same", () => {
  const x = Tensor.from([[1, 1], [2, 2], [3, 3]]);
  const [probe] = fitProbes(x, [[10, 20, 30]]);
  const read = readProbe(probe, Tensor.from([[4, 4]]));
  assertClose(read, [40], 1e-3, "the weight is shared between the two");
});

Deno.test("R squared is 1 for the numbers themselves, 0 for their mean and less for worse", () => {
  assertEquals(rSquared([1, 2, 6], [1, 2, 6]), 1, "every guess right");
  assertEquals(rSquared([3, 3, 3], [1, 2, 6]), 0, "the mean each time");
  // Squares of 5, 0 and 5 beside squares of 2, 1 and 3.
  assertClose([rSquared([6, 2, 1], [1, 2, 6])], [1 - 50 / 14], 1e-15, "worse than the mean");
});

Deno.test("a probe and R squared refuse what does not fit", () => {
  const one = "two vectors or more, [rows, width], and a number each are required";
  assertThrows(() => fitProbes(Tensor.full([3, 2]), [[1, 2]]), RangeError, one);
  assertThrows(() => fitProbes(Tensor.full([1, 2]), [[1]]), RangeError, one);
  const two = "a guess each of at least two different numbers is required";
  assertThrows(() => rSquared([1, 2], [3, 3]), RangeError, two);
  assertThrows(() => rSquared([1], [3, 4]), RangeError, `${two}, got 1 guesses of 2 numbers`);
});

const rows = (seed: string, count: number) => {
  const random = new Random(seed);
  return Array.from({ length: count }, () => random.integers(16, 12));
};
const TEXTS = { fit: rows("fit", 40), score: rows("score", 20) };

Deno.test("a table of positions is read off the start of a stream, unless it is shuffled", async () => {
  const table = Array.from({ length: 16 }, (_, p) => Array(13).fill(0).with(12, p));
  const words = Array.from({ length: 12 }, (_, i) => Array(13).fill(0).with(i, 1));
  const sizes = { n_layers: 0, d_model: 13, n_heads: 1, d_vocab: 12, n_ctx: 16, tied: true };
  const given = { "embed.W_E": words, "pos_embed.W_pos": table };
  const model = modelOf({ ...sizes, normalization: "none" }, given);
  const hook = "hook_pos_embed";
  const probes = [
    { hook: "hook_embed" },
    { hook },
    { hook, number: (p: number) => p * p },
    { hook, shuffled: true },
  ];
  const found = await probePosition(model, { ...TEXTS, probes });
  const [token, counted, squared, shuffled] = found.map(({ r2 }) => r2);
  assertLess(token, 0.05, "the token itself does not say where it stands");
  assertClose([counted], [1], 1e-9, "the table does");
  // The best line through 0, 1, 4 ... 225 rises by 15 a place: 15^2 of the variance of 0 ... 15,
  // 21.25, beside the squares' own, 11144.5 - 77.5^2 = 5138.25.
  const expected = 15 ** 2 * 21.25 / 5138.25;
  assertClose([squared], [expected], 1e-5, "and squares of positions only nearly");
  assertLess(shuffled, 0.05, "shuffled positions teach nothing");
});

Deno.test("a mean of the past tells its length by how far it strays, and by the mask alone", async () => {
  const hook = "blocks.0.hook_attn_out";
  const number = (position: number) => Math.log(1 + position);
  const read = async (model: Model, folded: boolean) =>
    (await probePosition(model, { ...TEXTS, probes: [{ hook, number, folded }] }))[0].r2;
  assertGreater(await read(averaging(12), true), 0.5, "the longer, the closer to the mean of all");
  assertLess(await read(averaging(12), false), 0.1, "its direction says nothing");
  const open = noCausalMask.apply(averaging(12));
  assertLess(await read(open, true), 0.1, "without a mask all are alike");
});
