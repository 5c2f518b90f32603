import "../../runtime/testing/give_back.ts";
import { noCausalMask } from "../../model/sabotages/mod.ts";
import { mean } from "../../tensor/mod.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { averaging } from "../testing/models.ts";
import { similarityByDistance } from "./similarity.ts";

const HOOK = "blocks.0.hook_attn_out";

Deno.test("means of a growing text are the more alike the nearer, and without a mask all are one", async () => {
  // Each token a direction of its own: the means of the first p and q have the cosine sqrt(p / q).
  const cosine = (p: number, q: number) => Math.sqrt(p / q);
  const expected = [
    mean([cosine(1, 2), cosine(2, 3), cosine(3, 4)]),
    mean([cosine(1, 3), cosine(2, 4)]),
    cosine(1, 4),
  ];
  const rows = [[0, 1, 2, 3], [5, 3, 1, 4]];
  assertClose(await similarityByDistance(averaging(6), rows, HOOK), expected, 1e-6, "by distance");
  const open = noCausalMask.apply(averaging(6));
  assertClose(await similarityByDistance(open, rows, HOOK), [1, 1, 1], 1e-6, "without a mask");
});
