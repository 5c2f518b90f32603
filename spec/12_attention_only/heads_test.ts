/**
 * Two heads built by hand, which are the whole of an induction circuit, each beside one of zeros.
 */
import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import * as models from "../../fixtures/mod.ts";
import * as heads from "./heads.ts";

const byHand = await models.inductionByHand.load();

Deno.test("one head looks one place back, one behind copies, and those of zeros at all alike", async () => {
  const { back, behind, alike, shares } = await heads.whoLooksWhere(byHand);
  assertAlmostEquals(back, 1, 1e-6);
  assertAlmostEquals(behind, 1, 1e-6);
  assertEquals(shares.length, 3 * (4 + 1), "four heads, and one that looks at all alike");
  const idle = shares.find(({ head, at }) => head === "0.1" && at === "the token before")!;
  assertAlmostEquals(idle.share, alike.back, 1e-6);
  const { behind: onCopies } = await heads.whoLooksWhere(byHand, heads.atCopies);
  assertLess(onCopies, alike.behind + 1e-6, "it looks behind copies, not at them");
});

Deno.test("the first head is missed in keys and nowhere else, and that of zeros is not", async () => {
  const missed = await heads.without("previous", "K")(byHand);
  const chance = Math.log(4);
  assertLess(Math.max(missed.before, ...missed.elsewhere), 1e-9);
  assertGreater(Math.min(missed.everywhere, missed.alone), chance);
  assertEquals(missed.bars.map(({ nats }) => nats > chance), [false, true, false, true, false]);
  for (const role of ["least back", "bystander"] as const) {
    assertLess((await heads.without(role, "K")(byHand)).everywhere, 1e-9, role);
  }
});

Deno.test("with the previous-token head and the induction head alone it goes on, without one not", async () => {
  assertLess(await heads.lossWithOnly(byHand, ["previous", "induction"]), 1e-9);
  for (const kind of ["previous", "induction"] as const) {
    assertGreater(await heads.lossWithOnly(byHand, [kind]), Math.log(4), kind);
  }
});

Deno.test("they meet by keys as closely as heads can, and not by queries or values", async () => {
  const { met, chance, dots } = await heads.meetings("K")(byHand);
  assertGreater(met, chance, "the other head of the second layer is of zeros, and is not asked");
  for (const by of ["Q", "V"] as const) {
    assertEquals((await heads.meetings(by)(byHand)).met, 0);
  }
  assertEquals(dots.filter(({ who }) => who === "as trained").length, 3);
});

Deno.test("over the sentence a previous-token head's arrows go one place back", async () => {
  const { pieces, back, behind } = await heads.overSentence(
    await models.trainedModel("attn-2l/2").load(),
  );
  assertEquals(back.map(({ from, to }) => [from, to]), pieces.slice(1).map((_, i) => [i + 1, i]));
  assertGreater(behind.length, 0);
});
