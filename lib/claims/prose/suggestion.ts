import { chosenSabotage } from "../../model/sabotages/catalogue.ts";
import { readChosen } from "../../model/sabotages/chosen.ts";
import type { Sabotage } from "../../model/sabotages/sabotage.ts";
import type { Prose } from "./prose.ts";

/** What becomes of claims once something is broken; one that is not named may do either. */
export interface Becomes {
  /** Claims that notice. */
  readonly notice?: readonly { readonly claim: string }[];
  /** Claims that stand all the same. */
  readonly stand?: readonly { readonly claim: string }[];
}

/** Something for the reader to break. */
export interface Suggestion {
  /** As an address holds them, such as "leaky-mlp:0.5". */
  readonly sabotages: readonly string[];
  /** All of them, one after the other. */
  readonly sabotage: Sabotage;
  /** The ids of claims that notice. */
  readonly notice: readonly string[];
  /** The ids of claims that stand all the same. */
  readonly stand: readonly string[];
  /** What happens, and why. */
  readonly why: Prose;
}

/**
 * A suggestion as its author makes it.
 *
 * @throws {RangeError} If nothing is broken, there is no such sabotage, or no claim is named.
 */
export function suggest(
  given: string | readonly string[],
  { notice = [], stand = [] }: Becomes,
  why: Prose,
): Suggestion {
  const sabotages = typeof given === "string" ? [given] : given;
  const sabotage = chosenSabotage(sabotages.map(readChosen));
  if (!sabotage) throw new RangeError("Something to try must break something, got no sabotage");
  const [noticing, standing] = [notice, stand].map((some) => some.map(({ claim }) => claim));
  if (noticing.length + standing.length === 0) {
    throw new RangeError(`What becomes of which claim is missing where "${sabotages}" is tried`);
  }
  return { sabotages, sabotage, notice: noticing, stand: standing, why };
}
