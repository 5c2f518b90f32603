import "./testing/give_back.ts";
import { assertEquals } from "@std/assert";
import { smallModel } from "../model/testing/small_models.ts";
import { assertSameBits } from "../tensor/testing/assert_same_bits.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Intervention } from "./interventions.ts";
import { run } from "./run.ts";

const MODEL = smallModel({ n_layers: 2 });
const TEXTS = [[1, 2, 3], [3, 0, 5]];
const Z = "blocks.1.attn.hook_z";
const EMBED = { hook: "hook_embed", to: "zero" } as const;
const zOf = async (...interventions: Intervention[]) =>
  (await run(MODEL, TEXTS, { hooks: [Z], interventions })).get(Z);

const double = (x: Tensor) => x.map((number) => 2 * number);

Deno.test("a function is given the run without interventions, or the run as it stands", async () => {
  const [clean, late] = [await zOf(), await zOf(EMBED)];
  assertSameBits(await zOf(EMBED, { hook: Z, to: double }), double(clean), "unless told");
  assertSameBits(await zOf(EMBED, { hook: Z, to: double, given: "clean" }), double(clean), "clean");
  const standing = { hook: Z, to: double, given: "standing" } as const;
  assertSameBits(await zOf(EMBED, standing), double(late), "with what was changed before it");
  assertSameBits(await zOf(standing, EMBED), double(late), "in the model, whatever the list says");
});

Deno.test("standing functions at one hook follow each other, those at others by the model", async () => {
  const clean = await zOf();
  const standing = { hook: Z, to: double, given: "standing" } as const;
  assertSameBits(await zOf(standing, standing), double(double(clean)), "twice");
  const embedded = { hook: "hook_embed", to: double, given: "standing" } as const;
  const doubled = double(await zOf({ hook: "hook_embed", to: double }));
  assertSameBits(await zOf(standing, embedded), doubled, "the embedding first");
});

Deno.test("the mean is of the run without interventions, or of the run as it stands", async () => {
  const mean = async (given: "clean" | "standing") => {
    const z = await zOf(EMBED, { hook: Z, to: "mean", given });
    return z.get(0, 0);
  };
  const expected = async (...interventions: Intervention[]) => {
    const z = await zOf(...interventions, { hook: Z, to: "mean" });
    return z.get(1, 2);
  };
  assertSameBits(await mean("clean"), await expected(), "clean");
  // The stream without its embedding, which only the intervention at Z could have seen.
  const zeroed = { ...MODEL, weights: { ...MODEL.weights } };
  const W_E = "embed.W_E";
  zeroed.weights[W_E] = MODEL.weights[W_E].map(() => 0);
  const alone = await run(zeroed, TEXTS, { hooks: [Z], interventions: [{ hook: Z, to: "mean" }] });
  assertSameBits(await mean("standing"), alone.get(Z).get(0, 0), "standing");
});

Deno.test("what a function does to the tensor it is given reaches nobody else", async () => {
  const spoil = (x: Tensor) => {
    x.data.fill(0);
    return x;
  };
  const heads = async (first: Intervention["to"], second: Intervention["to"]) =>
    await zOf({ hook: Z, to: first, heads: [0] }, { hook: Z, to: second, heads: [1] });
  assertSameBits(await heads(spoil, "mean"), await heads("zero", "mean"), "before a mean");
  assertSameBits(await heads("mean", spoil), await heads("mean", "zero"), "after it");
  const seen: Tensor[] = [];
  const keep = (x: Tensor) => (seen.push(x), x);
  await heads(keep, keep);
  assertEquals(seen[0] === seen[1] || seen[0].data === seen[1].data, false, "a copy each");
});
