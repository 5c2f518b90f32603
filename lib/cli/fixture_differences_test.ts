import { assertEquals } from "@std/assert";
import type { Card } from "../model/mod.ts";
import { Tensor } from "../tensor/mod.ts";
import { writeSafetensors } from "../model/files/safetensors.ts";
import { tinyRecipe } from "../training/testing/tiny_recipe.ts";
import { fixtureDifferences } from "./fixture_differences.ts";
import { cardOf } from "./testing/card.ts";

const FIGURE = { label: "held-out loss, model", value: 1.25, unit: "nats per character" };
const WEIGHTS = { a: Tensor.from([1, -2, 0]), b: Tensor.from([100, 50]) };

const bytes = (text: string) => new TextEncoder().encode(text);

function files(change: Partial<Card> = {}, weights: Record<string, Tensor> = WEIGHTS) {
  const card = cardOf(tinyRecipe(), { figures: [FIGURE], ...change });
  return {
    "model.safetensors": writeSafetensors(weights),
    "config.json": bytes("{}\n"),
    "card.json": bytes(JSON.stringify(card)),
  };
}

Deno.test("the same files differ in nothing, however long they took", () => {
  assertEquals(fixtureDifferences(files(), files()), []);
  assertEquals(fixtureDifferences(files({ seconds: 1 }), files({ seconds: 2 })), []);
});

Deno.test("weights are as far apart as the farthest, and beside the largest of their tensor", () => {
  // 0.5 beside 2 is a quarter; 3 beside 100 is less, though it is more.
  const moved = { a: Tensor.from([1, -2.5, 0]), b: Tensor.from([100, 53]) };
  assertEquals(fixtureDifferences(files({}, moved), files()), [
    "weights: at most 3 apart, in b",
    "weights: at most 0.25 of a tensor's largest apart, in a",
  ]);
});

Deno.test("weights of other names or shapes are not subtracted", () => {
  for (const other of [{ ...WEIGHTS, a: Tensor.from([1, -2]) }, { a: WEIGHTS.a }]) {
    const lines = fixtureDifferences(files({}, other), files());
    assertEquals(lines, ["the weights have other names or shapes"]);
  }
});

Deno.test("a zero of another sign is other bytes, though it is as large", () => {
  const signed = { ...WEIGHTS, a: Tensor.from([1, -2, -0]) };
  assertEquals(fixtureDifferences(files({}, signed), files()), [
    "weights: at most 0 apart, in a",
    "weights: at most 0 of a tensor's largest apart, in a",
  ]);
});

Deno.test("figures are as far apart as they are, and stand alone where the other card has none", () => {
  const other = { ...FIGURE, unit: "nats per token" };
  const found = files({ figures: [{ ...FIGURE, value: 1.2 }, other] });
  assertEquals(fixtureDifferences(found, files()), [
    "held-out loss, model, in nats per character: 0.05 apart",
    "held-out loss, model, in nats per token: the committed card has no such figure",
  ]);
  assertEquals(fixtureDifferences(files({ figures: [] }), files()), [
    "held-out loss, model, in nats per character: only the committed card has such a figure",
  ]);
});

Deno.test("loss curves are compared point by point, where they have the same steps", () => {
  const curve = (loss_curve: Card["loss_curve"]) => files({ loss_curve });
  assertEquals(fixtureDifferences(curve([[30, 2], [60, 1]]), curve([[30, 2.5], [60, 1]])), [
    "training loss: at most 0.5 apart",
  ]);
  assertEquals(fixtureDifferences(curve([[30, 2], [60, 1]]), curve([[60, 1]])), [
    "card.json: its loss_curve has other steps",
  ]);
});

Deno.test("whatever else the card or the config says differently is named", () => {
  assertEquals(fixtureDifferences(files({ seed: 2, tokens: 3 }), files()), [
    "card.json: another seed",
    "card.json: another tokens",
  ]);
  assertEquals(fixtureDifferences(files({ loss_unit: "bits" }), files()), [
    "card.json: another loss_unit",
  ]);
  assertEquals(fixtureDifferences({ ...files(), "config.json": bytes("{ }\n") }, files()), [
    "config.json is another one",
  ]);
});
