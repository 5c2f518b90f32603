import "../../runtime/testing/give_back.ts";
import { assertAlmostEquals, assertGreater, assertRejects } from "@std/assert";
import { max, mean } from "../../tensor/mod.ts";
import { zeroQueries } from "../../model/sabotages/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { attentionSink } from "./attention_sink.ts";
import { patternsOf } from "./patterns.ts";

const ROWS = [[1, 2, 3, 4, 1, 2, 3, 4], [5, 6, 7, 8, 5, 6, 7, 8]];

Deno.test("a head that looks at everything alike leans on the first token by one over the position", async () => {
  const model = zeroQueries.apply(smallModel());
  const { byPosition, searching, finding } = await attentionSink(model, ROWS.slice(0, 1));
  assertClose(byPosition, ROWS[0].map((_, p) => 1 / (p + 1)), 1e-6, "positions");
  assertAlmostEquals(searching, (1 / 3 + 1 / 4) / 2, 1e-6, "positions 2 and 3");
  assertAlmostEquals(finding, (1 / 5 + 1 / 6 + 1 / 7 + 1 / 8) / 4, 1e-6, "positions 4 to 7");
});

Deno.test("of several heads the strongest sink is found, and how much it writes there", async () => {
  const model = smallModel({ n_layers: 2 });
  const found = await attentionSink(model, ROWS);
  const all = (await patternsOf(model, ROWS)).flatMap((pattern) =>
    [0, 1, 2].map((head) =>
      mean([0, 1].flatMap((row) => [2, 3].map((p) => pattern.at(row, head, p, 0))))
    )
  );
  assertAlmostEquals(found.searching, max(all), 1e-6, "the most of six heads");
  assertGreater(found.writes, 0, "it writes something");
  const none = smallModel({ n_layers: 0 });
  await assertRejects(() => attentionSink(none, ROWS), RangeError, "has no heads");
});
