import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { logProbability } from "../losses/log_probability.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { summarizePaths } from "./path_summary.ts";
import { averages } from "../testing/models.ts";

const lossOf = (logits: number[], next: number) => -logProbability(logits, next);

// One average of the text [0, 1, 0]: to the biases, [8, 2, 3], it adds the token itself and what it read.
Deno.test("losses by order of path are what one gets by hand", async () => {
  const { biases, upTo, without } = await summarizePaths(averages(1), [[0, 1, 0]]);
  const half = (first: number[], second: number[]) => (lossOf(first, 1) + lossOf(second, 0)) / 2;
  assertAlmostEquals(biases, half([8, 2, 3], [8, 2, 3]), 1e-5, "biases");
  const [direct, head] = [half([9, 2, 3], [8, 3, 3]), half([9, 2, 3], [8.5, 2.5, 3])];
  assertClose(upTo, [direct, half([10, 2, 3], [8.5, 3.5, 3])], 1e-5, "no head, or one");
  assertClose(without, [head, direct], 1e-5, "without either");
});

Deno.test("only predictions from the first that counts on are counted", async () => {
  const { upTo, paths } = await summarizePaths(averages(1), [[0, 1, 0]], { from: 1 });
  assertAlmostEquals(upTo[1], lossOf([8.5, 3.5, 3], 0), 1e-5, "the second alone");
  assertEquals(paths.map(({ through }) => through), [[], ["0.0"]], "the direct path and the head");
  // The token 0 is to come: the token itself says [0, 1, 0], the average [1/2, 1/2, 0].
  assertAlmostEquals(paths[0].lift, -1 / 3, 1e-6, "direct");
  assertAlmostEquals(paths[1].lift, 1 / 2 - 1 / 3, 1e-6, "the head");
});

Deno.test("paths are as many, effectively, as share in what is written", async () => {
  const { paths, effective } = await summarizePaths(averages(2), [[0, 1, 0]], { from: 1 });
  assertEquals(paths.map(({ through }) => through.join(" ")), ["", "0.0", "0.0 1.0", "1.0"]);
  // [3/4, 1/4, 0] from both heads: lifts of 1/6, 5/12 and 1/6.
  assertAlmostEquals(paths[2].lift, 3 / 4 - 1 / 3, 1e-6, "through both");
  assertAlmostEquals(effective, (2 / 6 + 5 / 12) ** 2 / (2 / 36 + 25 / 144), 1e-5, "of three");
});
