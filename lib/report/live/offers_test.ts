import { assert, assertEquals } from "@std/assert";
import { planClaim } from "../../claims/plan.ts";
import type { Model } from "../../model/mod.ts";
import { noCausalMask } from "../../model/sabotages/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { offersTo, readersFor } from "./offers.ts";

const { config } = smallModel();

/** Of nothing but a name and a config: nothing is run. */
function subject(name: string, n_layers?: number, n_heads = 2) {
  const load = (): Promise<Model> => Promise.reject(new Error("nothing is run"));
  return {
    ...{ name, origin: "random" as const, load },
    ...n_layers && { config: { ...config, n_layers, n_heads, n_key_value_heads: n_heads } },
  };
}

function about(...on: readonly ReturnType<typeof subject>[]) {
  return planClaim({
    ...{ id: "so", statement: "so it is", direction: "claim", kind: "identity", on },
    needs: ({ n_layers }) => n_layers > 4 ? "it is too deep" : undefined,
    measure: () => ({ so: 0 }),
    bounds: { so: { below: 1, what: "so" } },
    controls: { "no causal mask": { sabotage: noCausalMask, on: [subject("control", 1)] } },
  });
}

const one = subject("one", 1, 4);
const two = subject("two", 2, 2);
const deep = subject("deep", 5, 9);
const none = subject("none");

Deno.test("what fits none of the models is offered with the reason, and what a claim names first", () => {
  const offers = offersTo([about(one), about(two)]);
  const offer = (id: string) => offers.find((each) => each.id === id)!;
  assertEquals(offer("no-rotation").unfit, "its positions are not rotary");
  assertEquals(offer("no-causal-mask").unfit, undefined);
  assertEquals([offers[0].id, offers.filter(({ named }) => named).length], ["no-causal-mask", 1]);
  assert(offersTo([about(none)]).every(({ unfit }) => !unfit), "it may hold whatever is broken");
});

Deno.test("one head is offered of as many as there are, each with how many models have it", () => {
  const heads = (...claims: Parameters<typeof offersTo>[0]) =>
    offersTo(claims).find(({ id }) => id === "one-head")!.heads;
  const having = [[2, 2, 1, 1], [1, 1]];
  assertEquals(heads(about(one), about(one, two, none, deep)), { having, of: 2 });
  assertEquals(heads(about(none)), { having: [[0]], of: 0 });
  const others = offersTo([about(one)]).filter(({ id }) => id !== "one-head");
  assert(others.every(({ heads }) => heads === undefined));
});

Deno.test("who reads is first whom most of the claims are about, where it fits them", () => {
  const readers = { "nobody's": subject("control", 1), deep, one, two };
  const claims = [about(one, two), about(two, deep)];
  assertEquals(readersFor(claims, readers), ["two", "one", "nobody's", "deep"]);
  assertEquals(readersFor([], readers), Object.keys(readers));
});
