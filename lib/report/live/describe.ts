import { chosenSabotage } from "../../model/sabotages/catalogue.ts";
import type { Chosen } from "../../model/sabotages/chosen.ts";
import type { Described } from "./messages.ts";

/** What each of the chosen sabotages does; of what cannot be done, why not. */
export function describe(chosen: readonly Chosen[]): Described[] {
  return chosen.map((each) => {
    const { id } = each;
    try {
      const { name, description } = chosenSabotage([each])!;
      return { id, name, description };
    } catch (error) {
      return { id, name: id, description: `${(error as Error).message}.` };
    }
  });
}

/** "no positions, and layer 0, head 0 off". */
export function inOneLine(described: readonly Described[]): string {
  return described.map(({ name }) => name).join(", and ");
}
