import "../../lib/runtime/testing/give_back.ts";
import { assertEquals } from "@std/assert";
import * as probes from "../../lib/circuits/mod.ts";
import * as models from "../../fixtures/mod.ts";

Deno.test("the head that readers switch off is the previous-token head of both models", async () => {
  for (const seed of models.bothSeeds("attn-2l")) {
    const model = await seed.load();
    const rows = probes.drawRepeatedTokens(model, 16, { rows: 2 });
    const { patterns } = await probes.holdPatterns(model, rows);
    const { scores } = probes.scoreHeads(patterns, rows, probes.previousTokenKeys);
    const [{ layer, head }] = probes.rankHeads(scores);
    assertEquals([layer, head], [0, 3], seed.name);
  }
});
