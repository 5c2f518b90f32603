import { assertAlmostEquals, assertEquals } from "@std/assert";
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
import {
  maskAfterSoftmax,
  maskOffByOne,
  maskOpensHalfway,
  noCausalMask,
  slidingWindow,
  softMask,
  strictMask,
  transposedMask,
} from "./mask.ts";

const PATTERN = hook0("attn.hook_pattern");
const SCORES = hook0("attn.hook_attn_scores");

/** What a query sees under each sabotage of the mask. */
const SEEN: Record<string, [typeof noCausalMask, (query: number, key: number) => boolean]> = {
  "every position without a mask": [noCausalMask, () => true],
  "what came before, and only the first itself, where it is strict": [
    strictMask,
    (q, key) => key < q || q === 0 && key === 0,
  ],
  "itself and what comes after where it is transposed": [transposedMask, (q, key) => key >= q],
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

Deno.test("after the softmax a mask leaves what is hidden its share; a soft one some of its weight", async () => {
  const open = patternRows((await broken(noCausalMask)).get(PATTERN));
  const late = patternRows((await broken(maskAfterSoftmax)).get(PATTERN));
  const soft = patternRows((await broken(softMask(0.25))).get(PATTERN));
  open.forEach(({ query, row }, i) => {
    const hidden = row.map((weight, key) => key > query ? weight / 4 : weight);
    const total = hidden.reduce((sum, weight) => sum + weight, 0);
    row.forEach((weight, key) => {
      assertAlmostEquals(late[i].row[key], key > query ? 0 : weight, 1e-6, "late");
      assertAlmostEquals(soft[i].row[key], hidden[key] / total, 1e-6, "soft");
    });
  });
});
