import { catalogue, type Chosen, chosenSabotage } from "../../model/sabotages/catalogue.ts";
import type { Described } from "./messages.ts";

/** What each of the chosen sabotages does; of what cannot be done, why not. */
export function describe(chosen: readonly Chosen[]): Described[] {
  return chosen.map((each) => {
    const { id, head: [layer, head] = [0, 0] } = each;
    try {
      const { name, description } = chosenSabotage([each])!;
      const toHead = catalogue.find((choice) => choice.id === id)?.toHead;
      return { id, name: toHead ? `layer ${layer}, head ${head} off` : name, description };
    } catch (error) {
      return { id, name: id, description: `${(error as Error).message}.` };
    }
  });
}

/** "no positions, and layer 0, head 0 off". */
export function inOneLine(described: readonly Described[]): string {
  return described.map(({ name }) => name).join(", and ");
}
