import "../../runtime/testing/start.ts";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { smallModel } from "../../model/testing/small_models.ts";
import { releaseSessions } from "../../runtime/pool.ts";
import { run } from "../../runtime/run.ts";
import { Tensor } from "../../tensor/tensor.ts";
import {
  lastLosses,
  logProbabilities,
  logProbability,
  losses,
  tokenLogProbabilities,
} from "./loss.ts";

/** Logits whose softmax is these probabilities. */
const logitsOf = (...rows: number[][]) =>
  Tensor.from([rows.map((row) => row.map((p) => Math.log(p)))]); // [1, pos, d_vocab]

Deno.test("log-probabilities are the logits less the logarithm of the sum of exponentials", () => {
  assertEquals([...logProbabilities([0, 0, 0, 0])], Array(4).fill(-Math.log(4)), "four alike");
  const [a, b] = logProbabilities([Math.log(3), 0]);
  assertAlmostEquals(a, Math.log(3 / 4), 1e-15, "3 to 1");
  assertAlmostEquals(b, Math.log(1 / 4), 1e-15, "1 to 3");
  assertEquals([0, 1].map((token) => logProbability([Math.log(3), 0], token)), [a, b], "alone");
});

Deno.test("logits of any size keep their log-probabilities finite and exact", () => {
  assertEquals([...logProbabilities([1000, 0])], [0, -1000], "far above");
  assertEquals([...logProbabilities([-5000, -5000])], [-Math.LN2, -Math.LN2], "far below");
  assertEquals([...logProbabilities([3, -Infinity])], [0, -Infinity], "a word that cannot come");
});

Deno.test("a loss is minus the log-probability of the token that came next", () => {
  const logits = logitsOf([0.5, 0.25, 0.25], [0.1, 0.8, 0.1], [0.2, 0.2, 0.6]);
  const [row] = losses(logits, [[0, 2, 1]]);
  assertEquals(row.length, 2, "nothing follows the last token");
  // Logits in single precision: 2^-24 of numbers up to 2.3.
  assertAlmostEquals(row[0], -Math.log(0.25), 3e-7, "token 2 after the first position");
  assertAlmostEquals(row[1], -Math.log(0.8), 3e-7, "token 1 after the second");
});

Deno.test("tokens are looked up as many places ahead as asked", () => {
  const logits = logitsOf([0.5, 0.25, 0.25], [0.1, 0.8, 0.1], [0.2, 0.2, 0.6]);
  const expected = { 0: [0.5, 0.1, 0.2], 1: [0.25, 0.8], 2: [0.25], 3: [] };
  for (const [ahead, probabilities] of Object.entries(expected)) {
    const [row] = tokenLogProbabilities(logits, [[0, 2, 1]], Number(ahead));
    assertEquals(row.length, probabilities.length, `${ahead} ahead`);
    probabilities.forEach((p, i) =>
      assertAlmostEquals(Math.exp(row[i]), p, 1e-7, `${ahead}, ${i}`)
    );
  }
});

Deno.test("the last losses are the losses of each row's last token", async () => {
  const model = smallModel();
  const rows = [[1, 2, 3, 4], [4, 3, 2, 1]];
  const all = losses((await run(model, rows)).logits, rows);
  const last = await lastLosses(model, rows);
  await releaseSessions();
  rows.forEach((_, r) => assertAlmostEquals(last[r], all[r].at(-1)!, 1e-5));
});
