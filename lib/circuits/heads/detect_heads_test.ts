/** What heads built by hand score: one that looks one place back, one for copies, and unused ones. */
import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { Tensor } from "../../tensor/mod.ts";
import { fixedDistance, inductionByHand } from "../../../fixtures/subjects/copiers.ts";
import { drawRepeatedBlocks } from "../texts/draw_repeats.ts";
import {
  detectHeads,
  inductionKeys,
  ownTokenKeys,
  previousTokenKeys,
  rankHeads,
  scoreHeads,
} from "./detect_heads.ts";

Deno.test("keys are one place back, behind earlier copies, and the copies themselves", () => {
  assertEquals(previousTokenKeys([7, 7, 7]), [[], [0], [1]], "one back");
  const row = [5, 6, 5, 5, 6];
  assertEquals(inductionKeys(row), [[], [], [1], [1, 3], [2]], "what followed");
  assertEquals(ownTokenKeys(row), [[0], [1], [0, 2], [0, 2, 3], [1, 4]], "itself included");
});

Deno.test("a score is the mean weight on the keys, over positions that have any", () => {
  const one = Tensor.from([[[[1, 0, 0], [0.25, 0.75, 0], [0.5, 0.25, 0.25]]]]); // [1, 1, 3, 3]
  const score = scoreHeads([one], [[1, 1, 1]], inductionKeys);
  // Position 1 looks for 1 and finds 0.75; position 2 for 1 and 2, which have 0.5.
  assertEquals(score.scores, [[0.625]], "(0.75 + 0.5) / 2");
  assertAlmostEquals(score.uniform, (1 / 2 + 2 / 3) / 2, 1e-15, "alike");
  const two = scoreHeads([one, one], [[1, 2, 3]], previousTokenKeys);
  assertEquals(two.scores, [[0.25], [0.25]], "a score for each layer");
  const message = "a position with a key is required, got none";
  assertThrows(() => scoreHeads([one], [[1, 2, 3]], inductionKeys), RangeError, message);
});

Deno.test("heads are ranked from the highest score", () => {
  const expected = [
    { layer: 1, head: 0, score: 0.5 },
    { layer: 0, head: 1, score: 0.3 },
    { layer: 0, head: 0, score: 0.2 },
  ];
  assertEquals(rankHeads([[0.2, 0.3], [0.5]]), expected, "by score");
});

Deno.test("heads built by hand score all or nothing, and unused ones what is expected", async () => {
  const model = await inductionByHand.load();
  const { tokens } = drawRepeatedBlocks(model, { block: [5, 14], rows: 4 });
  const { uniform, ...scores } = await detectHeads(model, tokens);
  assertEquals(scores.previous[0][0], 1, "one head looks one place back and nowhere else");
  // Up to seven earlier copies share the weight: halves, thirds and so on, rounded at 6e-8 each.
  assertAlmostEquals(scores.induction[1][0], 1, 1e-6, "one looks behind every earlier copy");
  for (const kind of ["previous", "own", "induction"] as const) {
    for (const layer of [0, 1]) {
      const unused = `${kind}: a head of zeros looks at everything alike`;
      assertAlmostEquals(scores[kind][layer][1], uniform[kind], 1e-6, unused);
    }
  }
  assertLess(scores.induction[0][0], 1e-20, "who looks one back finds no copy there");
});

Deno.test("a head that looks a block back is told from one that looks for copies", async () => {
  const model = await fixedDistance(6).load();
  const look = async (block: number) => {
    const { tokens } = drawRepeatedBlocks(model, { block: [block, block], rows: 3, length: 12 });
    return (await detectHeads(model, tokens)).induction[0][0];
  };
  assertEquals(await look(6), 1, "six");
  assertLess(await look(5), 0.2, "of another length it is wrong");
});
