import "../../runtime/testing/give_back.ts";
import { assertEquals } from "@std/assert";
import { run } from "../../runtime/mod.ts";
import { Tensor } from "../../tensor/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { modelOf } from "../testing/models.ts";
import { logProbabilities, logProbability } from "./log_probability.ts";
import {
  lastLosses,
  lossByPosition,
  losses,
  tokenLogProbabilities,
  tokenProbabilities,
} from "./loss.ts";

/** Logits whose softmax are [0.5, 0.25, 0.25], [0.1, 0.8, 0.1] and [0.2, 0.2, 0.6]. */
const LOGITS = Tensor.from([[[0.5, 0.25, 0.25], [0.1, 0.8, 0.1], [0.2, 0.2, 0.6]]]).map(Math.log);

Deno.test("log-probabilities are the logits less the logarithm of the sum of exponentials", () => {
  assertEquals([...logProbabilities([0, 0, 0, 0])], Array(4).fill(-Math.log(4)), "four alike");
  const found = logProbabilities([Math.log(3), 0]);
  assertClose(found, [Math.log(3 / 4), Math.log(1 / 4)], 1e-15, "3 to 1");
  assertEquals([0, 1].map((token) => logProbability([Math.log(3), 0], token)), [...found], "alone");
});

Deno.test("logits of any size keep their log-probabilities finite and exact", () => {
  assertEquals([...logProbabilities([1000, 0])], [0, -1000], "far above");
  assertEquals([...logProbabilities([-5000, -5000])], [-Math.LN2, -Math.LN2], "far below");
  assertEquals([...logProbabilities([3, -Infinity])], [0, -Infinity], "a word that cannot come");
});

Deno.test("tokens are looked up as many places ahead as asked, and losses one ahead", () => {
  // Logits in single precision: 2^-24 of numbers up to 2.3.
  const expected = { 0: [0.5, 0.1, 0.2], 1: [0.25, 0.8], 2: [0.25], 3: [] };
  for (const [ahead, probabilities] of Object.entries(expected)) {
    const [row] = tokenLogProbabilities(LOGITS, [[0, 2, 1]], Number(ahead));
    assertClose(row.map(Math.exp), probabilities, 1e-7, `${ahead} ahead`);
  }
  const [row] = losses(LOGITS, [[0, 2, 1]]); // nothing follows the last token
  assertClose(row, [-Math.log(0.25), -Math.log(0.8)], 3e-7, "tokens 2 and 1");
});

Deno.test("the last losses are the losses of each row's last token", async () => {
  const model = smallModel();
  const rows = [[1, 2, 3, 4], [4, 3, 2, 1]];
  const all = losses((await run(model, rows)).logits, rows);
  assertClose(await lastLosses(model, rows), all.map((row) => row.at(-1)!), 1e-5, "rows");
});

Deno.test("a model that knows nothing loses log d_vocab at every position", async () => {
  const nothing = modelOf({ n_layers: 0, d_model: 4, n_heads: 1, d_vocab: 5, n_ctx: 5 });
  const loss = await lossByPosition(nothing, [[1, 2, 3, 4, 0], [0, 0, 1, 1, 2]]);
  assertClose(loss, Array(4).fill(Math.log(5)), 1e-12, "positions but the last");
});

Deno.test("probabilities are those of the next token and of a position's own", async () => {
  // Whatever stands there, token 0 has three of four and each of the others one of eight.
  const sizes = { n_layers: 0, d_model: 2, n_heads: 1, d_vocab: 3, n_ctx: 4 };
  const model = modelOf(sizes, { "unembed.b_U": [Math.log(6), 0, 0] });
  const found = await tokenProbabilities(model, [[0, 0, 1], [1, 0, 1]]);
  assertClose(found.nextByPosition, [3 / 4, 1 / 8], 1e-6, "next");
  const given = [found.next, found.own, found.chance];
  assertClose(given, [7 / 16, (7 / 16 + 3 / 4 + 1 / 8) / 3, 1 / 3], 1e-6, "means");
});
