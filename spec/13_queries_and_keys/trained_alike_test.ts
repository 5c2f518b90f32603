import { assertAlmostEquals } from "@std/assert";
import { compare, type Outcome } from "./trained_alike.ts";

/** A recipe whose two seeds come to these losses. */
const outcome = (parameters: number, ...losses: number[]): Outcome => {
  return { losses, parameters, curve: [], steps: [] };
};

Deno.test("what parameters are worth is what another width makes of as many", () => {
  const found = compare({
    pair: outcome(100, 3, 3.2),
    full: outcome(200, 3, 3),
    same: outcome(50, 3.5, 3.6),
    narrow: outcome(25, 3.5, 3.5), // a quarter as many lose 0.4: each halving loses 0.2
    wide: outcome(400, 2.9, 2.9), // four times as many win 0.2: each doubling wins 0.1
  });
  const expected = { won: 0.1, more: 1, bought: 0.1, lost: 0.45, spared: 0.2, seedsApart: 0.2 };
  for (const [field, value] of Object.entries(expected)) {
    assertAlmostEquals(found[field as keyof typeof expected], value, 1e-12, field);
  }
});
