import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { logProbability } from "../losses/log_probability.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { summarizePaths } from "./path_summary.ts";
import { averages } from "../testing/models.ts";

const lossOf = (logits: number[], next: number) => -logProbability(logits, next);

// One average of the text [0, 1, 0]: to the biases, [8, 2, 3], it adds the token itself and what it read.
Deno.test("only predictions from the first that counts on are counted", async () => {
  const { loss, paths } = await summarizePaths(averages(1), [[0, 1, 0]], { from: 1 });
  assertAlmostEquals(loss, lossOf([8.5, 3.5, 3], 0), 1e-5, "the second alone");
  assertEquals(paths, [{ through: ["0.0"], share: 1 }], "the only path through a head");
});

Deno.test("paths are as many, effectively, as share in what is written", async () => {
  const found = await summarizePaths(averages(2), [[0, 1, 0]], { from: 1 });
  assertEquals(found.paths.map(({ through }) => through.join(" ")), ["0.0", "0.0 1.0", "1.0"]);
  // [3/4, 1/4, 0] from both heads: lifts of 1/6, 5/12 and 1/6.
  const all = 2 / 6 + 5 / 12;
  const shares = [1 / 6 / all, 5 / 12 / all, 1 / 6 / all];
  assertClose(found.paths.map(({ share }) => share), shares, 1e-6, "shares");
  assertAlmostEquals(found.effective, all ** 2 / (2 / 36 + 25 / 144), 1e-5, "of three");
  assertAlmostEquals(found.largest, 1, 1e-6, "the three largest are all there are");
  // The token itself, which is not the next, says -1/3.
  assertAlmostEquals(found.direct, 1 / 3 / (1 / 3 + all), 1e-6, "past all heads");
});

Deno.test("shares are taken token by token: what changes sign does not cancel", async () => {
  const found = await summarizePaths(averages(2), [[0, 1, 0]]);
  // After the first token, which is not followed by itself, all three paths say -1/3.
  const second = [1 / 6, 5 / 12, 1 / 6].map((lift) => lift / (2 / 6 + 5 / 12));
  const shares = second.map((share) => (share + 1 / 3) / 2);
  assertClose(found.paths.map(({ share }) => share), shares, 1e-6, "means of both tokens");
  const last = (2 / 6 + 5 / 12) ** 2 / (2 / 36 + 25 / 144);
  assertAlmostEquals(found.effective, (3 + last) / 2, 1e-5, "three alike, then fewer");
});
