import type { Card, CardFigure } from "../../model/mod.ts";
import { duration } from "../duration.ts";

/** What came out of a training, beside the card that was there before it, line by line. */
export function trainSummary(card: Card, before: Card | undefined): string[] {
  const known = figuresOf(before);
  return [
    ...figuresOf(card).map((figure) => figureLine(figure, known)),
    `  ${card.tokens} ${card.loss_unit ? "examples" : "tokens"} in ${duration(card.seconds)}`,
    weightsLine(card, before),
  ];
}

/** The card's figures, and where its loss curve ends. */
function figuresOf(card: Card | undefined): CardFigure[] {
  const end = card?.loss_curve.at(-1);
  const unit = card?.loss_unit ?? "nats per token";
  return [
    ...end ? [{ label: "training loss at the end", value: end[1], unit }] : [],
    ...card?.figures ?? [],
  ];
}

function figureLine({ label, value, unit }: CardFigure, known: readonly CardFigure[]): string {
  const same = known.find((figure) => figure.label === label && figure.unit === unit);
  const beside = same ? ` (card: ${same.value.toFixed(4)})` : "";
  return `  ${label}: ${value.toFixed(4)} ${unit}${beside}`;
}

function weightsLine({ weights_sha256: hash, steps }: Card, before: Card | undefined): string {
  if (!before) return `  weights: SHA-256 ${hash}; no card to compare with`;
  if (hash === before.weights_sha256) return `  weights: the card's, bit for bit: SHA-256 ${hash}`;
  const why = steps === before.steps ? "" : ` after ${before.steps} steps`;
  return `  weights: not the card's: SHA-256 ${hash}, card${why}: ${before.weights_sha256}`;
}
