import { assertEquals } from "@std/assert";
import type { Card } from "../../model/mod.ts";
import { tinyRecipe } from "../../training/testing/tiny_recipe.ts";
import { cardOf } from "../testing/card.ts";
import { trainSummary } from "./summary.ts";

const [A, B] = ["a".repeat(64), "b".repeat(64)];
const LOSS = { label: "held-out loss, model", value: 1.11111, unit: "nats per character" };
const CARD = cardOf(tinyRecipe(), { loss_curve: [[30, 2], [60, 1.23456]], figures: [LOSS] });

/** What is summed up beside the card with a change; beside none where there is no change. */
const beside = (change?: Partial<Card>, card = CARD) =>
  trainSummary(card, change && { ...card, ...change });

Deno.test("without a card to compare with, the summary says what was reached", () => {
  assertEquals(beside(), [
    "  training loss at the end: 1.2346 nats per token",
    "  held-out loss, model: 1.1111 nats per character",
    "  720 tokens in 2 min",
    `  weights: SHA-256 ${A}; no card to compare with`,
  ]);
});

Deno.test("figures stand beside those of the card, and the weights are its own or not", () => {
  const figures = [{ ...LOSS, value: 1.5 }];
  assertEquals(beside({ figures, loss_curve: [[60, 3]], weights_sha256: B }), [
    "  training loss at the end: 1.2346 nats per token (card: 3.0000)",
    "  held-out loss, model: 1.1111 nats per character (card: 1.5000)",
    "  720 tokens in 2 min",
    `  weights: not the card's: SHA-256 ${A}, card: ${B}`,
  ]);
  assertEquals(beside({}).at(-1), `  weights: the card's, bit for bit: SHA-256 ${A}`);
});

Deno.test("a trial is no failure to give the card's weights: it took other steps", () => {
  assertEquals(
    beside({ steps: 7000, weights_sha256: B }).at(-1),
    `  weights: not the card's: SHA-256 ${A}, card after 7000 steps: ${B}`,
  );
});

Deno.test("figures of one name in two units each stand beside their own", () => {
  const figures = [LOSS, { ...LOSS, value: 3, unit: "nats per token" }];
  assertEquals(beside({}, { ...CARD, figures }).slice(1, 3), [
    "  held-out loss, model: 1.1111 nats per character (card: 1.1111)",
    "  held-out loss, model: 3.0000 nats per token (card: 3.0000)",
  ]);
});

Deno.test("a figure that the card lacks, or has in another unit, stands alone", () => {
  for (const figures of [[{ ...LOSS, unit: "nats per token" }], []]) {
    assertEquals(beside({ figures })[1], "  held-out loss, model: 1.1111 nats per character");
  }
});
