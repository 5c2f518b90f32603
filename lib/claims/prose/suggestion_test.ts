import { assertEquals, assertThrows } from "@std/assert";
import { writer } from "./essay.ts";
import { makeHandle } from "./handle.ts";
import { md } from "./prose.ts";
import { suggest } from "./suggestion.ts";

const [one, other] = ["one", "other"].map((id) => makeHandle(id));
const why = md`It is so.`;

Deno.test("something to try breaks what it names, one after the other", () => {
  const { tryBreaking, essay } = writer();
  tryBreaking(["no-causal-mask", "leaky-mlp:0.5"], { notice: [one], stand: [other] })`It is so.`;
  const [{ sabotage, ...rest }] = essay().suggestions;
  assertEquals(sabotage.name, "no causal mask and an MLP that mixes in its left neighbour");
  assertEquals(rest, {
    sabotages: ["no-causal-mask", "leaky-mlp:0.5"],
    notice: ["one"],
    stand: ["other"],
    why,
  });
});

Deno.test("what breaks nothing, cannot be done or names no claim is refused", () => {
  const refused = (sabotages: string | string[], becomes = { notice: [one] }) =>
    assertThrows(() => suggest(sabotages, becomes, why), RangeError).message;
  assertEquals(refused([]), "Something to try must break something, got no sabotage");
  assertEquals(refused("no-mask"), 'There is no sabotage "no-mask"');
  assertEquals(
    refused("no-causal-mask", { notice: [] }),
    'What becomes of which claim is missing where "no-causal-mask" is tried',
  );
});
