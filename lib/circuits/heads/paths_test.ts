import "../../runtime/testing/give_back.ts";
import { assertEquals, assertLess, assertRejects, assertThrows } from "@std/assert";
import { add, maxAbs, maxDifference, mean, Tensor } from "../../tensor/mod.ts";
import { multiplyingStream } from "../../model/sabotages/mod.ts";
import { SCHEMES } from "../../model/mod.ts";
import { LLAMA, smallModel } from "../../model/testing/small_models.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { holdPatterns, type Path, pathAttribution, pathLogits, pathsOf } from "./paths.ts";
import { AVERAGE, averages } from "../testing/models.ts";

const TEXT = [[0, 1, 2]];

const everywhere = (row: number[]) => Tensor.from([[row, row, row]]);

/** AVERAGE after AVERAGE, worked out by hand. */
const TWICE = [[1, 0, 0], [3 / 4, 1 / 4, 0], [11 / 18, 5 / 18, 2 / 18]];

Deno.test("each path of two layers of averages is what one gets by hand", async () => {
  const held = await holdPatterns(averages(2), TEXT);
  const paths = pathsOf(held);
  const expected: [string, Tensor][] = [
    ["embedding", Tensor.from([[[1, 0, 0], [0, 1, 0], [0, 0, 1]]])],
    ["embedding 0.0", Tensor.from([AVERAGE])],
    ["embedding 0.0 1.0", Tensor.from([TWICE])],
    ["embedding 1.0", Tensor.from([AVERAGE])],
    ["biases", everywhere([1, 2, 3])],
    ["biases 1.0", everywhere([1, 2, 3])],
    ["biases", everywhere([0, 0, 5])],
    ["biases", everywhere([7, 0, 0])],
  ];
  const name = ({ from, through }: Path) => [from, ...through.map((h) => h.join("."))].join(" ");
  assertEquals(paths.map(name), expected.map(([called]) => called), "every path, once");
  for (const [i, [called, logits]] of expected.entries()) {
    // A few sums of thirds, rounded at 6e-8 each.
    assertLess(maxDifference(pathLogits(held, [paths[i]]), logits), 5e-7, called);
  }
});

Deno.test("a path lifts a token by what it adds to its logit, less the mean over all", async () => {
  const held = await holdPatterns(averages(2), TEXT);
  const paths = pathsOf(held);
  const targets = [[0, 0, 2]];
  for (const path of paths.slice(0, -1)) {
    const [row] = pathAttribution(held, path, targets);
    const expected = row.map((_, p) => {
      const { data } = pathLogits(held, [path]).get(0, p);
      return data[targets[0][p]] - mean(data);
    });
    assertClose(row, expected, 1e-6, `${path.from} ${path.through}`);
  }
  const message = "it must write to the stream";
  assertThrows(() => pathAttribution(held, paths.at(-1)!, targets), RangeError, message);
});

Deno.test("paths sum to the logits of any model without MLPs", async () => {
  const tokens = [[1, 2, 3, 4, 5, 0], [6, 7, 8, 9, 10, 0]];
  const models = [
    ...SCHEMES.map((positions) => smallModel({ n_layers: 2, attn_only: true, positions })),
    smallModel({ n_layers: 2, attn_only: true, normalization: "none", tied: true, biases: false }),
    smallModel({ ...LLAMA, n_layers: 2, attn_only: true, biases: true }),
    smallModel({ n_layers: 0, attn_only: true }),
  ];
  for (const model of models) {
    const held = await holdPatterns(model, tokens);
    const paths = pathsOf(held);
    const bound = 1e-5 * maxAbs(held.logits); // sums of up to 30 numbers, rounded at 6e-8 each
    assertLess(
      maxDifference(pathLogits(held, paths), held.logits),
      bound,
      `${model.name}, at once`,
    );
    const both = add([paths.slice(0, 5), paths.slice(5)].map((some) => pathLogits(held, some)));
    assertLess(maxDifference(both, held.logits), bound, `${model.name}, in two parts`);
  }
});

Deno.test("a stream that multiplies is more than the sum of its paths", async () => {
  const broken = multiplyingStream(0.5).apply(averages(1));
  const held = await holdPatterns(broken, TEXT);
  const sum = pathLogits(held, pathsOf(held));
  const missed = held.logits.map((x, i) => x - sum.data[i]);
  // Half of what attention writes, b_O included, where the token itself stands.
  const expected = [[(1 + 1) / 2, 0, 0], [0, (1 / 2 + 2) / 2, 0], [0, 0, (1 / 3 + 3) / 2]];
  assertLess(maxDifference(missed, Tensor.from([expected])), 2e-6);
});

Deno.test("paths through an MLP are refused", async () => {
  const message = "Cannot follow paths through learned 1: a model without MLPs is required";
  await assertRejects(() => holdPatterns(smallModel(), TEXT), RangeError, message);
});
