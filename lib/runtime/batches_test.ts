import "./testing/give_back.ts";
import { assertEquals } from "@std/assert";
import { hooksOf, type Model } from "../model/mod.ts";
import { smallModel } from "../model/testing/small_models.ts";
import { sum, Tensor } from "../tensor/mod.ts";
import { batches, firstLayer } from "./batches.ts";
import type { Settled } from "./interventions.ts";
import { run } from "./run.ts";

/** As many numbers as the runtime has room for at once: 1 GB of them. */
const ROOM = 2 ** 28;

const small = smallModel({ n_layers: 2 });
/** As many weights as make a model run in parts. */
const large = { ...small, weights: { ...small.weights, more: Tensor.full([2 ** 24]) } };

/** How many changes each batch holds, and where it begins. */
function cut(model: Model, tokens: number[][], changes: readonly Settled[][]): number[][] {
  return [...batches(model, tokens, changes, [])].map(({ changes: { length }, layer }) => [
    length,
    layer,
  ]);
}

/** How many numbers stand at some hooks in a real run. */
async function numbersAt(tokens: number[][], isThere: (hook: string) => boolean): Promise<number> {
  const hooks = hooksOf(small.config).map(({ name }) => name).filter(isThere);
  const cache = await run(small, tokens, { hooks });
  return sum(hooks.map((hook) => cache.get(hook).data.length));
}

Deno.test("a batch holds as many changes as fit, with all hooks of a small model", async () => {
  const tokens = [[3, 1, 4, 1, 5], [9, 2, 6, 5, 3]];
  const most = Math.floor(ROOM / await numbersAt(tokens, () => true));
  assertEquals(cut(small, tokens, Array(most + 1).fill([])), [[most, -1], [1, -1]]);
});

Deno.test("in a large model the hooks of one block are there at once", async () => {
  const tokens = [[3, 1, 4, 1, 5]];
  const most = Math.floor(ROOM / await numbersAt(tokens, (hook) => hook.startsWith("blocks.0.")));
  assertEquals(cut(large, tokens, Array(most + 1).fill([])), [[most, 2], [1, 2]]);
});

Deno.test("a change for which there is hardly room is run alone", () => {
  const wide = smallModel({ n_ctx: 20_000 }); // its patterns alone have 3 x 20,000^2 numbers
  assertEquals(cut(wide, [Array(20_000).fill(0)], [[], []]), [[1, -1], [1, -1]]);
});

Deno.test("changes of a large model that begin in one block are run together", () => {
  const at = (hook: string) => [{ hook } as Settled];
  const changes = ["blocks.0.hook_z", "blocks.0.hook_mlp_out", "blocks.1.hook_z", "hook_embed"];
  assertEquals(cut(large, [[1, 2]], changes.map(at)), [[2, 0], [1, 1], [1, -1]]);
});

Deno.test("a run begins at the first block that is changed or wanted", () => {
  assertEquals(firstLayer(small, ["blocks.1.hook_resid_pre", "blocks.0.hook_resid_pre"]), 0);
  assertEquals(firstLayer(small, ["hook_embed", "blocks.1.hook_resid_pre"]), -1, "before all");
  assertEquals(firstLayer(small, ["ln_final.hook_normalized"]), 2, "after all");
  assertEquals(firstLayer(small, []), 2);
});
