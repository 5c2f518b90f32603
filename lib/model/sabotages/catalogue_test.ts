import { assertEquals, assertNotEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { catalogue, chosenSabotage } from "./catalogue.ts";
import { smallModel } from "../testing/small_models.ts";
import * as made from "./mod.ts";

Deno.test("everything in the catalogue may be chosen by a name of its own", () => {
  const ids = catalogue.map(({ id }) => id);
  assertEquals(new Set(ids).size, ids.length);
  assertEquals(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id)), [], "kebab-case");
  // Which heads are to be left out depends on the model, and is no one choice.
  const chosen = new Set(catalogue.map(({ make }) => make().name));
  const constants = Object.values(made).filter((each) => typeof each === "object");
  assertEquals(constants.filter(({ name }) => !chosen.has(name)), [], "left out");
});

Deno.test("what is chosen is made as strong as told, or as usual", () => {
  assertEquals(chosenSabotage([]), undefined);
  assertStrictEquals(chosenSabotage([{ id: "no-causal-mask" }]), made.noCausalMask);
  const { description } = chosenSabotage([{ id: "leaky-mlp", strength: 0.5 }])!;
  assertEquals(description, made.leakyMlp(0.5).description);
  assertNotEquals(chosenSabotage([{ id: "leaky-mlp" }])!.description, description);
  const both = chosenSabotage([{ id: "no-causal-mask" }, { id: "leaky-mlp" }])!;
  assertEquals(both.name, "no causal mask and an MLP that mixes in its left neighbour");
});

Deno.test("one head is switched off, the first unless told", () => {
  const [first, third] = [undefined, [1, 2] as const].map((head) =>
    chosenSabotage([{ id: "one-head", head }])!
  );
  const told = "still looks, but what it has read is replaced by zeros.";
  assertEquals(first.description, `Head 0 of layer 0 ${told}`);
  assertEquals(third.description, `Head 2 of layer 1 ${told}`);
  const { config } = smallModel({ n_layers: 2, n_heads: 2 });
  assertEquals([first, third].map((each) => each.unfit(config)), [undefined, "it has no head 1.2"]);
});

Deno.test("what cannot be chosen is refused", () => {
  const refused = (id: string, strength?: number) =>
    assertThrows(() => chosenSabotage([{ id, strength }]), RangeError).message;
  assertEquals(refused("no-mask"), 'There is no sabotage "no-mask"');
  assertEquals(refused("__proto__"), 'There is no sabotage "__proto__"');
  const start = 'Cannot break by "sliding-window": a whole number from 1 to 32 is required, got';
  for (const strength of [0, 33, 1.5, NaN]) {
    assertEquals(refused("sliding-window", strength), `${start} ${strength}`);
  }
});
