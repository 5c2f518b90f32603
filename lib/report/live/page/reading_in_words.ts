import { mean } from "../../../tensor/statistics.ts";
import { shownToken } from "../../figure_labels.ts";
import type { Read, Reading } from "../messages.ts";

/** What stands for bytes that are no character by themselves. */
const PART = "\ufffd";

/** How much a text surprised; of a broken model beside the unbroken one. "" where nothing came. */
export function lossInWords({ losses, unbroken }: Pick<Reading, "losses" | "unbroken">): string {
  if (losses.length === 0) return "";
  const beside = unbroken ? ` (unbroken: ${mean(unbroken.losses).toFixed(2)})` : "";
  return `The loss is ${mean(losses).toFixed(2)} nats for each that came${beside}.`;
}

/** What the sign of a part of a character means, where it is seen; "" where it is not. */
export function partsInWords(
  { pieces, guesses, unbroken }: Pick<Reading, "pieces" | "guesses" | "unbroken">,
): string {
  const guessed = [...guesses, ...unbroken?.guesses ?? []].flat().map(({ piece }) => piece);
  const seen = [...pieces, ...guessed].some((piece) => piece.includes(PART));
  return seen ? `${PART} is a part of a character: such letters take several pieces.` : "";
}

/** "people 12%". */
export function guessInWords({ piece, probability }: Read["guesses"][number][number]): string {
  return `${shownToken(piece)} ${(100 * probability).toFixed(0)}%`;
}
