import { assertEquals } from "@std/assert";
import type { Card } from "../model/files/card.ts";
import { trainSummary } from "./train_summary.ts";

const [A, B] = ["a".repeat(64), "b".repeat(64)];
const CARD: Card = {
  name: "tiny",
  recipe: "fixtures/models/tiny/recipe.ts",
  seed: 1,
  data: [],
  steps: 60,
  tokens: 720,
  seconds: 61,
  loss_curve: [[30, 2], [60, 1.23456]],
  figures: [{ label: "held-out loss, model", value: 1.11111, unit: "nats per character" }],
  weights_sha256: A,
  bytes: 100,
};

Deno.test("without a card to compare with, the summary says what was reached", () => {
  assertEquals(trainSummary(CARD, undefined), [
    "  training loss at the end: 1.2346 nats per token",
    "  held-out loss, model: 1.1111 nats per character",
    "  720 tokens in 2 min",
    `  weights: SHA-256 ${A}; no card to compare with`,
  ]);
});

Deno.test("figures stand beside those of the card, and the weights are its own or not", () => {
  const figures = [{ ...CARD.figures[0], value: 1.5 }];
  const before = { ...CARD, figures, loss_curve: [[60, 3]] as const, weights_sha256: B };
  assertEquals(trainSummary(CARD, before), [
    "  training loss at the end: 1.2346 nats per token (card: 3.0000)",
    "  held-out loss, model: 1.1111 nats per character (card: 1.5000)",
    "  720 tokens in 2 min",
    `  weights: not the card's: SHA-256 ${A}, card: ${B}`,
  ]);
  assertEquals(
    trainSummary(CARD, CARD).at(-1),
    `  weights: the card's, bit for bit: SHA-256 ${A}`,
  );
});

Deno.test("a trial is no failure to give the card's weights: it took other steps", () => {
  const before = { ...CARD, steps: 7000, weights_sha256: B };
  assertEquals(
    trainSummary(CARD, before).at(-1),
    `  weights: not the card's: SHA-256 ${A}, card after 7000 steps: ${B}`,
  );
});

Deno.test("figures of one name in two units each stand beside their own", () => {
  const figures = [...CARD.figures, { ...CARD.figures[0], value: 3, unit: "nats per token" }];
  const lines = trainSummary({ ...CARD, figures }, { ...CARD, figures });
  assertEquals(lines.slice(1, 3), [
    "  held-out loss, model: 1.1111 nats per character (card: 1.1111)",
    "  held-out loss, model: 3.0000 nats per token (card: 3.0000)",
  ]);
});

Deno.test("a figure that the card lacks, or has in another unit, stands alone", () => {
  const perToken = { ...CARD, figures: [{ ...CARD.figures[0], unit: "nats per token" }] };
  for (const before of [perToken, { ...CARD, figures: [] }]) {
    assertEquals(
      trainSummary(CARD, before)[1],
      "  held-out loss, model: 1.1111 nats per character",
    );
  }
});
