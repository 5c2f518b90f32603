import { assertEquals, assertRejects } from "@std/assert";
import { run } from "../../runtime/run.ts";
import { assertMade, SOUND, TEXTS } from "../../runtime/testing/broken.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { smallModel } from "../testing/small_models.ts";
import { fixedLength, neighbouringRow } from "./embedding.ts";

Deno.test("a lookup of the neighbouring row is wrong for its token and sound for others", async () => {
  for (const [token, neighbour] of [[7, 8], [10, 0]]) {
    await assertMade(neighbouringRow(token), "hook_embed", (_, { row, p }) => {
      const read = TEXTS[row][p];
      return SOUND.weights["embed.W_E"].get(read === token ? neighbour : read);
    });
  }
});

Deno.test("a fixed sequence axis takes texts as long as the window, in any number, and no others", async () => {
  const model = smallModel({ positions: "none" }); // n_ctx 8
  const fixed = fixedLength.apply(model);
  const text = [1, 2, 3, 4, 5, 0, 10, 7];
  assertSameBits(
    (await run(fixed, [text])).logits,
    (await run(model, [text])).logits,
    "its length",
  );
  assertEquals((await run(fixed, [text, text])).logits.shape, [2, 8, 11], "two texts");
  for (const length of [1, 4, 7]) await assertRejects(() => run(fixed, [text.slice(0, length)]));
  await assertRejects(() => run(fixed, [[...text, ...text]]), Error, "", "twice the window");
});
