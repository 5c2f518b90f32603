import "../../runtime/testing/give_back.ts";
import { assertEquals, assertGreater, assertRejects } from "@std/assert";
import { selfOnlyHeads } from "../../model/sabotages/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { averaging } from "../testing/models.ts";
import { effectByDistance } from "./effect_by_distance.ts";

const TEXTS = [[1, 0, 0, 1], [0, 1, 1, 1]];
const DISTANCES = [0, 1, 2, 3];

Deno.test("an edit is felt as far as a head averages, and by as much as worked out by hand", async () => {
  // Two words: logits are the word itself plus each word's share.
  const moved = await effectByDistance(averaging(2), TEXTS, DISTANCES);
  // Of [1, 0, 0, 1] the last logits are [2/4, 1 + 2/4]; with one of the first three edited they
  // are [1/4, 1 + 3/4] or [3/4, 1 + 1/4]; with the last itself edited [1 + 3/4, 1/4].
  const kl = (margin: number, edited: number) => {
    const [p, q] = [margin, edited].map((x) => 1 / (1 + Math.exp(-x)));
    return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
  };
  const edits = [[-1.5, 1.5, 1.5, 0.5], [-1, 1, 1, 2]]; // [text][distance], the margins once edited
  const margins = [1, 1.5];
  const expected = DISTANCES.map((distance) =>
    (kl(margins[0], edits[0][distance]) + kl(margins[1], edits[1][distance])) / 2
  );
  assertClose(moved, expected, 1e-6, "by distance");
});

Deno.test("heads that look only at themselves feel the last token and no other", async () => {
  const alone = selfOnlyHeads.apply(smallModel());
  const [own, ...others] = await effectByDistance(alone, TEXTS, DISTANCES);
  assertGreater(own, 0, "its own");
  assertEquals(others, [0, 0, 0], "to the bit");
});

Deno.test("a distance that leads out of the text is refused", async () => {
  for (const distance of [4, -1, 0.5]) {
    const message = `a whole number from 0 to 3 is required, got ${distance}`;
    const edit = () => effectByDistance(smallModel(), TEXTS, [distance]);
    await assertRejects(edit, RangeError, message);
  }
});
