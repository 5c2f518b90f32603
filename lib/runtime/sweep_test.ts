import "./testing/give_back.ts";
import { assertEquals, assertRejects } from "@std/assert";
import { smallModel } from "../model/testing/small_models.ts";
import type { Intervention } from "./interventions.ts";
import { sweep, type SweepOptions } from "./sweep.ts";
import { assertSweep, TEXTS, zero } from "./testing/assert_sweep.ts";

Deno.test("a sweep gives what a run of each change gives", async () => {
  await assertSweep(smallModel({ n_layers: 2 }));
});

Deno.test("a sweep refuses what the model has not", async () => {
  const attempt = (changes: Intervention[][], options: SweepOptions = {}) => () =>
    Array.fromAsync(sweep(smallModel(), TEXTS, changes, options));
  await assertRejects(attempt([zero("hook_z", [0])]), RangeError, 'No hook "hook_z"');
  await assertRejects(attempt([zero(`blocks.0.attn.hook_z`, [7])]), RangeError, "head must be");
  await assertRejects(attempt([[]], { hooks: ["hook"] }), RangeError, 'No hook "hook"');
  assertEquals(await attempt([])(), [], "nothing to do");
});
