import { assertAlmostEquals, assertLess } from "@std/assert";
import { calibratedLosses } from "./calibrated_losses.ts";

/** One of four has a high score; in the groups it is right so often out of four times. */
const sure = (high: number, ...groups: number[]) =>
  groups.map((times) =>
    [0, 1, 2, 3].map((i) => ({ scores: [high, 0, 0, 0], right: i < times ? 0 : 1 }))
  );

/** The loss of a guess that gives the first p, and the three others the rest alike. */
const fair = (p: number) => -p * Math.log(p) - (1 - p) * Math.log((1 - p) / 3);

Deno.test("however sure a guesser is, what counts is how often it is right", () => {
  for (const high of [0.01, 1, 1000]) {
    assertAlmostEquals(calibratedLosses(sure(high, 3))[0], fair(0.75), 1e-6, `${high}`);
  }
});

Deno.test("groups share one sharpness, and each has its own loss at it", () => {
  const [often, seldom] = calibratedLosses(sure(50, 4, 2));
  assertAlmostEquals((often + seldom) / 2, fair(0.75), 1e-6, "right three times in four");
  assertAlmostEquals(often, -Math.log(0.75), 1e-4, "always right, and given three quarters");
});

Deno.test("who is right no oftener than chance gets even odds, and who always is loses nothing", () => {
  assertAlmostEquals(calibratedLosses(sure(7, 1))[0], Math.log(4), 1e-4, "by chance");
  assertAlmostEquals(calibratedLosses(sure(7, 0))[0], Math.log(4), 1e-4, "worse than chance");
  assertAlmostEquals(calibratedLosses(sure(0, 3))[0], Math.log(4), 1e-12, "all scores alike");
  assertLess(calibratedLosses(sure(1e-3, 4))[0], 1e-12, "always");
});
