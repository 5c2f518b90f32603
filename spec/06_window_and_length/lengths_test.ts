import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { noCausalMask } from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { everyLength, oneTooMany, triedLengths } from "./lengths.ts";

const tiny = await models.tiny.load(); // a table of nine positions

Deno.test("each length is run, and only without a mask is what comes later felt", async () => {
  const { tried, ran, apart, before, after } = await everyLength(tiny);
  assertEquals(tried, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assertEquals([ran, before], [tried, 0]);
  assertLess(apart, 1e-5);
  assertGreater(after, 0.01);
  assertGreater((await everyLength(noCausalMask.apply(tiny))).before, 1e-3);
});

Deno.test("a table of nine positions serves nine tokens, and refuses ten and eleven", async () => {
  const { window, tried } = await triedLengths(tiny);
  assertEquals(window, 9);
  const ran = tried.filter(({ refusal }) => refusal === "");
  assertEquals(ran.map(({ length }) => length), [9, 1, 2, 3, 4, 5, 6, 7, 8]);
  assertEquals(ran.map(({ predictions }) => predictions), [9, 1, 2, 3, 4, 5, 6, 7, 8]);
  const { rows, tokens, refusal } = await oneTooMany(tiny);
  assertEquals([rows, tokens], [9, 10]);
  assertEquals(refusal, tried.find(({ length }) => length === 10)?.refusal);
});
