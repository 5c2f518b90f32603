/** What heads built by hand score: one that looks one place back, one for copies, and idle ones. */
import "../../runtime/testing/start.ts";
import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { fixedDistance, inductionByHand } from "../../../fixtures/subjects/copiers.ts";
import { releaseSessions } from "../../runtime/pool.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { drawRepeats } from "../texts/draw_repeats.ts";
import { headLooks } from "./head_looks.ts";
import { ranked, scoreHeads } from "./head_scores.ts";
import { inductionTargets } from "./induction.ts";
import { perModel } from "../per_model.ts";
import { previousTargets } from "./previous_token.ts";
import { sameTokenTargets } from "./same_token.ts";

Deno.test.afterAll(releaseSessions);

Deno.test("targets are one place back, behind earlier copies, and the copies themselves", () => {
  assertEquals(previousTargets([7, 7, 7]), [[], [0], [1]], "one back");
  const row = [5, 6, 5, 5, 6];
  assertEquals(inductionTargets(row), [[], [], [1], [1, 3], [2]], "what followed");
  assertEquals(sameTokenTargets(row), [[0], [1], [0, 2], [0, 2, 3], [1, 4]], "itself included");
});

Deno.test("a score is the mean weight on the targets, over positions that have any", () => {
  const one = Tensor.from([[[[1, 0, 0], [0.25, 0.75, 0], [0.5, 0.25, 0.25]]]]); // [1, 1, 3, 3]
  const score = scoreHeads([one], [[1, 1, 1]], inductionTargets);
  // Position 1 looks for 1 and finds 0.75; position 2 for 1 and 2, which have 0.5.
  assertEquals(score.scores, [[0.625]], "(0.75 + 0.5) / 2");
  assertAlmostEquals(score.uniform, (1 / 2 + 2 / 3) / 2, 1e-15, "alike");
  const two = scoreHeads([one, one], [[1, 2, 3]], previousTargets);
  assertEquals(two.scores, [[0.25], [0.25]], "a score for each layer");
  const message = "a position with a target is required, got none";
  assertThrows(() => scoreHeads([one], [[1, 2, 3]], inductionTargets), RangeError, message);
});

Deno.test("scores are ranked from the highest", () => {
  const expected = [
    { layer: 1, head: 0, score: 0.5 },
    { layer: 0, head: 1, score: 0.3 },
    { layer: 0, head: 0, score: 0.2 },
  ];
  assertEquals(ranked([[0.2, 0.3], [0.5]]), expected, "by score");
});

Deno.test("heads built by hand score all or nothing, and idle ones what is expected", async () => {
  const model = await inductionByHand.load();
  const { tokens } = drawRepeats(model, { block: [5, 14], rows: 4 });
  const { previous, own, induction, idle } = await headLooks(model, tokens);
  assertEquals(previous[0][0], 1, "one head looks one place back and nowhere else");
  // Up to seven earlier copies share the weight: halves, thirds and so on, rounded at 6e-8 each.
  assertAlmostEquals(induction[1][0], 1, 1e-6, "one looks behind every earlier copy");
  for (const layer of [0, 1]) {
    const unused = "a head of zeros looks at everything alike";
    assertAlmostEquals(previous[layer][1], idle.previous, 1e-6, unused);
    assertAlmostEquals(induction[layer][1], idle.induction, 1e-6, unused);
    assertAlmostEquals(own[layer][1], idle.own, 1e-6, unused);
  }
  assertLess(induction[0][0], 1e-20, "who looks one back finds no copy there");
});

Deno.test("a head that looks a block back is told from one that looks for copies", async () => {
  const model = await fixedDistance(6).load();
  const look = async (block: number) => {
    const { tokens } = drawRepeats(model, { block: [block, block], rows: 3, length: 12 });
    return (await headLooks(model, tokens)).induction[0][0];
  };
  assertEquals(await look(6), 1, "six");
  assertLess(await look(5), 0.2, "of another length it is wrong");
});

Deno.test("a measurement for each model is made once for each", async () => {
  const [a, b] = [await inductionByHand.load(), await fixedDistance(6).load()];
  let made = 0;
  const measure = perModel(({ name }) => `${++made}: ${name}`);
  assertEquals([measure(a), measure(b), measure(a)], [
    `1: ${a.name}`,
    `2: ${b.name}`,
    `1: ${a.name}`,
  ]);
});
