import { assertEquals } from "@std/assert";
import { describe, inOneLine } from "./describe.ts";

Deno.test("what is chosen is described as strong as it is, and a head by its place", () => {
  const described = describe([
    { id: "leaky-mlp", strength: 0.5 },
    { id: "one-head", head: [1, 2] },
  ]);
  assertEquals(described.map(({ description }) => description), [
    "Each position gets 0.5 times its left neighbour added.",
    "Head 2 of layer 1 still looks, but what it has read is replaced by zeros.",
  ]);
  assertEquals(
    inOneLine(described),
    "an MLP that mixes in its left neighbour, and layer 1, head 2 off",
  );
  assertEquals(inOneLine(describe([{ id: "one-head" }])), "one head switched off");
});

Deno.test("of what cannot be done it says why", () => {
  assertEquals(describe([{ id: "no-mask" }]), [
    { id: "no-mask", name: "no-mask", description: 'There is no sabotage "no-mask".' },
  ]);
  const [{ name, description }] = describe([{ id: "leaky-mlp", strength: 2 }]);
  assertEquals([name, description.includes("from 0 to 1 is required, got 2")], ["leaky-mlp", true]);
});
