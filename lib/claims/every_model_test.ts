import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { noCausalMask, noRotation } from "../model/sabotages/mod.ts";
import { smallModel } from "../model/testing/small_models.ts";
import { everyModel, NothingToBreak } from "./every_model.ts";

const [one, other] = [smallModel(), smallModel({}, 2)];

Deno.test("a model is broken wherever it stands in a subject, and the rest stays", () => {
  const pair = { masked: one, rows: [other, { text: "as it was", tokens: [1, 2] }] };
  const broken = everyModel<typeof pair>(noCausalMask).apply(pair);
  assertStrictEquals(broken.masked, noCausalMask.apply(one));
  assertStrictEquals(broken.rows[0], noCausalMask.apply(other));
  assertStrictEquals(broken.rows[1], pair.rows[1]);
  assertStrictEquals(everyModel(noCausalMask).apply(one), noCausalMask.apply(one));
});

Deno.test("what is of a class is left as it is, and what a sabotage throws is not hidden", () => {
  const held = { when: new Date(0), models: [one] };
  assertStrictEquals(everyModel<typeof held>(noCausalMask).apply(held).when, held.when);
  class Pair {
    readonly first = one;
  }
  assertThrows(() => everyModel(noCausalMask).apply(new Pair()), NothingToBreak, "no transformer");
  const apply = () => {
    throw new RangeError("Invalid array length");
  };
  assertThrows(() => everyModel({ ...noCausalMask, apply }).apply(one), RangeError, "array length");
});

Deno.test("what holds no transformer, or one that the sabotage does not fit, is said", () => {
  for (const nothing of [{ slope: 1 }, [], null, "text"]) {
    assertThrows(() => everyModel(noCausalMask).apply(nothing), NothingToBreak, "no transformer");
  }
  const unfit = () => everyModel(noRotation).apply([one]);
  assertEquals(
    assertThrows(unfit, NothingToBreak).message,
    `${one.name}: its positions are not rotary`,
  );
});
