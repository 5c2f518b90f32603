import { assertEquals } from "@std/assert";
import { lift, line, lines, missesZero, smallConfig, throughZero } from "./testing/toy.ts";
import { fewOf } from "./few.ts";
import { planClaim } from "./plan.ts";

const names = (subjects: readonly { readonly name: string }[]) => subjects.map(({ name }) => name);

Deno.test("of a family one member is asked, and of all that was made for a claim the first", () => {
  const [one, ...more] = fewOf(throughZero({ on: [lines(), line("two")] }), {});
  assertEquals([/^line \d+$/.test(one.name), more.length], [true, 0]);
});

Deno.test("a Llama is asked beside another, and trained models only where nothing else fits", () => {
  const config = smallConfig();
  const trained = { ...line("trained"), origin: "trained" as const, config };
  const llama = { ...line("llama"), config: { ...config, positions: "rotary" as const } };
  const built = { ...line("built"), config };
  assertEquals(names(fewOf(throughZero({ on: [trained, built, llama] }), {})), ["built", "llama"]);
  assertEquals(names(fewOf(throughZero({ on: [trained] }), {})), ["trained"]);
});

Deno.test("who does not fit the claim or what is done is passed over", () => {
  const config = { ...smallConfig(), attn_only: true };
  const on = [{ ...line("without"), config }, { ...line("with"), config: smallConfig() }];
  const needs = ({ attn_only }: typeof config) => attn_only ? "it has no MLP" : undefined;
  assertEquals(names(fewOf(throughZero({ on, needs }), {})), ["with"]);
  const sabotage = { ...lift, unfit: needs };
  assertEquals(names(fewOf(throughZero({ on }), { sabotage })), ["with"]);
  assertEquals(fewOf(throughZero({ on: [on[0]], needs }), {}), []);
});

Deno.test("a claim is asked of few: claims hold on them, and beliefs do not", async () => {
  const runs = await planClaim(throughZero({ on: [line("one"), line("bent", 1, 3)] })).ofFew();
  assertEquals(runs.map(({ model, verdict }) => [model, verdict]), [["one", "holds"]]);
  const [belief] = await planClaim(missesZero()).ofFew();
  assertEquals([belief.verdict, belief.asExpected], ["fails", true]);
});
