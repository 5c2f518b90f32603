import type { Card, CardFigure } from "../model/card.ts";
import { duration } from "../training/progress.ts";

/** What came out of a training, beside the card that was there before it, line by line. */
export function trainSummary(card: Card, before: Card | undefined): string[] {
  const known = new Map(figuresOf(before).map((figure) => [figure.label, figure]));
  return [
    ...figuresOf(card).map((figure) => figureLine(figure, known.get(figure.label))),
    `  ${card.tokens} tokens in ${duration(card.seconds)}`,
    weightsLine(card, before),
  ];
}

/** The card's figures, and where its loss curve ends. */
function figuresOf(card: Card | undefined): CardFigure[] {
  const end = card?.loss_curve.at(-1);
  const unit = "nats per token";
  return [
    ...end ? [{ label: "training loss at the end", value: end[1], unit }] : [],
    ...card?.figures ?? [],
  ];
}

function figureLine({ label, value, unit }: CardFigure, before: CardFigure | undefined): string {
  const beside = before?.unit === unit ? ` (card: ${before.value.toFixed(4)})` : "";
  return `  ${label}: ${value.toFixed(4)} ${unit}${beside}`;
}

function weightsLine({ weights_sha256: hash }: Card, before: Card | undefined): string {
  if (!before) return `  weights: SHA-256 ${hash}; no card to compare with`;
  if (hash === before.weights_sha256) return `  weights: the card's, bit for bit: SHA-256 ${hash}`;
  return `  weights: NOT the card's: SHA-256 ${hash}, card: ${before.weights_sha256}`;
}
