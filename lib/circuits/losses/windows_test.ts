import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { mean } from "../../tensor/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { drawTokens } from "../texts/draw_tokens.ts";
import { lossByPosition } from "./loss.ts";
import { excessLoss, lossInText, lossInWindows } from "./windows.ts";

const MODEL = smallModel({ positions: "alibi", n_ctx: 13 });
const ROWS = drawTokens(MODEL, { rows: 3, length: 13 });

Deno.test("with all of the text the second half of each window counts, as it stands there", async () => {
  const windows = await lossInText(MODEL, ROWS, 6);
  for (const [r, row] of ROWS.entries()) {
    const loss = await lossByPosition(MODEL, [row]);
    // The same products in a batch of another size: some roundings of 1e-7.
    const halves = [mean(loss.slice(3, 6)), mean(loss.slice(9, 12))];
    assertClose(windows[r], halves, 1e-6, `row ${r}, positions 3 to 5 and 9 to 11`);
  }
});

Deno.test("a window alone is a text of its own, the first one the same either way", async () => {
  const [alone, all] = [await lossInWindows(MODEL, ROWS, 6), await lossInText(MODEL, ROWS, 6)];
  for (const [r, row] of ROWS.entries()) {
    const second = await lossByPosition(MODEL, [row.slice(6)]);
    assertAlmostEquals(alone[r][1], mean(second.slice(3)), 1e-6, `row ${r}, the second window`);
    assertAlmostEquals(alone[r][0], all[r][0], 1e-6, `row ${r}, the first window`);
    assertGreater(Math.abs(alone[r][1] - all[r][1]), 1e-4, `row ${r}: the past counts`);
  }
});

Deno.test("an excess is the mean of differences, and its error that of the differences", () => {
  const { loss, excess, error } = excessLoss([[1, 4], [3, 8]], [[1, 2], [2, 3]]);
  assertEquals(loss, [2, 6], "means of the given");
  assertEquals(excess, [0.5, 3.5], "of 0 and 1, of 2 and 5");
  assertEquals(error, [0.5, 1.5], "half the difference of two");
});

Deno.test("texts that are not windows and one token more are refused", async () => {
  const message = "an even window and texts of some windows and one token more are required";
  for (const window of [5, 7, 8]) {
    await assertRejects(() => lossInText(MODEL, ROWS, window), RangeError, message);
    await assertRejects(() => lossInWindows(MODEL, ROWS, window), RangeError, message);
  }
});
