import { assertAlmostEquals } from "@std/assert";
import { activations, broken, hook0, PLACES } from "../../runtime/testing/broken.ts";
import { alibiSlopes } from "../graph/positions.ts";
import { smallModel } from "../testing/small_models.ts";
import * as alibi from "./alibi.ts";

const MODEL = smallModel({ positions: "alibi" }); // 3 heads
const [a, b, c] = alibiSlopes(3);

const SLOPES = [
  [alibi.alibiReward, [-a, -b, -c]],
  [alibi.alibiOneSlope, [a, a, a]],
  [alibi.alibiAnyCount, [2 ** (-8 / 3), 2 ** (-16 / 3), 2 ** -8]],
] as const;

Deno.test("a score falls by the slope that a head was given, for each step of distance", async () => {
  const hook = hook0("attn.hook_attn_scores");
  const sound = (await activations(MODEL)).get(hook); // [batch, head, query, key]
  for (const [sabotage, slopes] of SLOPES) {
    const scores = (await broken(sabotage, MODEL)).get(hook);
    for (const [row, query] of PLACES) {
      for (const [head, slope] of slopes.entries()) {
        for (let key = 0; key <= query; key++) {
          const without = sound.at(row, head, query, key) + [a, b, c][head] * (query - key);
          const required = without - slope * (query - key);
          assertAlmostEquals(scores.at(row, head, query, key), required, 1e-5, sabotage.name);
        }
      }
    }
  }
});
