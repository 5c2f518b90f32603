/** What the sabotages of windows and lengths do, beside a sound model. */
import "../../runtime/testing/start.ts";
import { assertEquals, assertRejects } from "@std/assert";
import { releaseSessions, run } from "../../runtime/mod.ts";
import { runAll } from "../../runtime/testing/run_all.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { smallModel } from "../testing/small_models.ts";
import { clampedPositions, fixedLength, slidingWindow } from "./windows.ts";

const TEXT = [1, 2, 3, 4, 5, 0, 10, 7];

Deno.test.afterAll(releaseSessions);

Deno.test("a sliding window gives weight to the last positions and to no others", async () => {
  const model = smallModel({ n_layers: 2 });
  for (const everyLayer of [true, false]) {
    const broken = await runAll(slidingWindow(3, everyLayer).apply(model), [TEXT]);
    for (const layer of [0, 1]) {
      const pattern = broken.get(`blocks.${layer}.attn.hook_pattern`); // [1, 3, 8, 8]
      const near = everyLayer || layer === 0 ? 3 : Infinity;
      pattern.data.forEach((weight, i) => {
        const [query, key] = [Math.floor(i / 8) % 8, i % 8];
        const seen = key <= query && query - key < near;
        assertEquals(weight > 0, seen, `layer ${layer}, query ${query}, key ${key}`);
      });
    }
  }
});

Deno.test("clamped positions change nothing inside the window and repeat its last row past it", async () => {
  const model = smallModel(); // n_ctx 8
  const broken = clampedPositions.apply(model);
  const logits = (await run(model, [TEXT])).logits;
  assertSameBits((await run(broken, [TEXT])).logits, logits, "inside");
  const longer = [...TEXT, 7, 7]; // the last token of the window again, twice
  const embedded = (await run(broken, [longer], { hooks: ["hook_embed"] })).get("hook_embed");
  for (const p of [8, 9]) assertSameBits(embedded.get(0, p), embedded.get(0, 7), `position ${p}`);
  assertEquals(
    clampedPositions.unfit({ ...model.config, positions: "alibi" }),
    "its positions are not stored in a table",
  );
});

Deno.test("a fixed sequence axis takes texts as long as the window, in any number, and no others", async () => {
  const model = smallModel({ positions: "none" });
  const broken = fixedLength.apply(model);
  assertSameBits(
    (await run(broken, [TEXT])).logits,
    (await run(model, [TEXT])).logits,
    "its length",
  );
  assertEquals((await run(broken, [TEXT, TEXT])).logits.shape, [2, 8, 11], "two texts");
  for (const length of [1, 4, 7]) await assertRejects(() => run(broken, [TEXT.slice(0, length)]));
  await assertRejects(() => run(broken, [[...TEXT, ...TEXT]]), Error, "", "twice the window");
});
