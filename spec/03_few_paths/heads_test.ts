import "../../lib/runtime/testing/give_back.ts";
import { assert, assertEquals, assertLess } from "@std/assert";
import { smallModel } from "../../lib/model/testing/small_models.ts";
import type { Subject } from "../../mod.ts";
import * as heads from "./heads.ts";

Deno.test("a model beside itself has no wider and no narrower", async () => {
  const model = smallModel();
  const { fall, shuffledFall, seeds, widths } = await heads.byWidth()([model, model, model, model]);
  assertEquals([fall, shuffledFall, seeds], [0, 0, 0]);
  assertEquals(new Set(widths), new Set([model.config.d_model]));
});

Deno.test("a reader's own model is set beside fresh weights of its config, and so is its twin", async () => {
  const model = smallModel();
  const yours: Subject<typeof model> = {
    ...{ name: "own", config: model.config, origin: "yours" },
    load: () => Promise.resolve(model),
  };
  const [own, twin] = [heads.beforeAndAfter("rotary"), heads.drawnAfresh]
    .map((pair) => pair.standIn!(yours));
  assert(typeof own === "object" && typeof twin === "object");
  const { name, before, after } = await own.load();
  assertEquals([name, before.length, after], ["own", 3, [model]]);
  assertEquals(before[0].config, model.config);
  const { after: [fresh] } = await twin.load();
  assert([model, ...before].every(({ weights }) => weights !== fresh.weights));
  assertLess(Math.max(...(await heads.concentration(await twin.load())).below), 1, "none is other");
  const lone = { ...yours, config: { ...model.config, n_heads: 1, n_layers: 1 } };
  assertEquals(heads.drawnAfresh.standIn!(lone), "it has fewer than two heads");
});
