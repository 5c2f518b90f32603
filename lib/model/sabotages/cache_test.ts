import { assertGreater, assertLess } from "@std/assert";
import { Decoder, run } from "../../runtime/mod.ts";
import "../../runtime/testing/give_back.ts";
import { maxDifference } from "../../tensor/compare.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { smallModel } from "../testing/small_models.ts";
import * as cache from "./cache.ts";

const TEXT = [1, 2, 3, 4, 5];

/** How far the logits of each token, decoded alone, are from those of the whole text. */
async function movedBy(sabotage: typeof cache.forgetfulCache): Promise<number[]> {
  const model = smallModel({ positions: "rotary" });
  const broken = sabotage.apply(model);
  const whole = (await run(model, [TEXT])).logits;
  assertSameBits((await run(broken, [TEXT])).logits, whole, `${sabotage.name}: fed at once`);
  const decoder = new Decoder(broken);
  const moved: number[] = [];
  for (const [p, token] of TEXT.entries()) {
    moved.push(maxDifference((await decoder.step([[token]])).get(0, 0), whole.get(0, p)));
  }
  return moved;
}

for (const sabotage of Object.values(cache)) {
  Deno.test(`${sabotage.name}: a whole text is read as it should be, and decoded it is not`, async () => {
    const [first, ...later] = await movedBy(sabotage);
    assertLess(first, 1e-6, "the first token has nothing before it");
    for (const moved of later.slice(1)) assertGreater(moved, 1e-4);
  });
}
