import { assertEquals } from "@std/assert";
import {
  activations,
  assertSeen,
  broken,
  hook0,
  patternRows,
  SOUND,
} from "../../runtime/testing/broken.ts";
import { runAll } from "../../runtime/testing/run_all.ts";
import { smallModel } from "../testing/small_models.ts";
import { maskOffByOne, maskOpensHalfway, noCausalMask, slidingWindow } from "./mask.ts";

const PATTERN = hook0("attn.hook_pattern");
const SCORES = hook0("attn.hook_attn_scores");

/** What a query sees under each sabotage of the mask. */
const SEEN: Record<string, [typeof noCausalMask, (query: number, key: number) => boolean]> = {
  "every position without a mask": [noCausalMask, () => true],
  "the next token and no more where it is off by one": [maskOffByOne, (q, key) => key <= q + 1],
  "everything from the middle on": [maskOpensHalfway, (q, key) => key <= q || q >= 2.5],
};

for (const [what, [sabotage, sees]] of Object.entries(SEEN)) {
  Deno.test(`a query sees ${what}`, async () => {
    assertSeen((await broken(sabotage)).get(PATTERN), sees);
  });
}

Deno.test("a sound model sees everything up to the position itself", async () => {
  assertSeen((await activations(SOUND)).get(PATTERN), (query, key) => key <= query);
});

Deno.test("without a mask the scores are the same, and none is forbidden", async () => {
  const open = patternRows((await broken(noCausalMask)).get(SCORES));
  patternRows((await activations(SOUND)).get(SCORES)).forEach(({ query, row }, i) => {
    const masked = open[i].row.map((score, key) => key <= query ? score : -Infinity);
    assertEquals(row, masked, `query ${query}`);
  });
});

Deno.test("a sliding window gives weight to the last positions and to no others", async () => {
  const model = smallModel({ n_layers: 2 });
  for (const everyLayer of [true, false]) {
    const sliding = slidingWindow(3, everyLayer).apply(model);
    const result = await runAll(sliding, [[1, 2, 3, 4, 5, 0, 10, 7]]);
    for (const layer of [0, 1]) {
      const near = everyLayer || layer === 0 ? 3 : Infinity;
      const pattern = result.get(`blocks.${layer}.attn.hook_pattern`); // [1, 3, 8, 8]
      assertSeen(pattern, (query, key) => key <= query && query - key < near);
    }
  }
});
