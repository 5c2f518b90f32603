/** What the tests of this folder make claims about: straight lines. Not exported. */
import * as fc from "fast-check";
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type Config, makeConfig } from "../../model/config.ts";
import type { ClaimSpec } from "../claim.ts";
import type { Sabotage } from "../../model/sabotages/sabotage.ts";
import { callerOf, fileAt } from "../location.ts";
import { runClaim } from "../plan.ts";
import type { Family, Subject } from "../subject.ts";

export interface Line {
  readonly slope: number;
  readonly bias: number;
}

/** A line as a subject. */
export function line(name: string, slope = 1, bias = 0): Subject<Line> {
  return { name, origin: "built", load: () => Promise.resolve({ slope, bias }) };
}

/** Lines of slope 1 to 100, which shrink towards 1; `bias` makes some of them wrong. */
export function lines(bias = (_slope: number) => 0): Family<Line> {
  const arbitrary = fc.integer({ min: 1, max: 100 })
    .map((slope) => line(`line ${slope}`, slope, bias(slope)));
  return { name: "random lines", seed: 7, size: 24, arbitrary };
}

/** A sabotage that the toy claim catches. */
export const lift: Sabotage<Line> = {
  name: "lifted",
  description: "one is added everywhere",
  unfit: () => undefined,
  apply: (line) => ({ ...line, bias: line.bias + 1 }),
};

/** A sabotage that it does not: it changes nothing that is measured. */
export const steepen: Sabotage<Line> = {
  name: "steepened",
  description: "the slope is doubled",
  unfit: () => undefined,
  apply: (line) => ({ ...line, slope: 2 * line.slope }),
};

/** What the toy claim measures. */
export interface AtZero {
  readonly at: number;
}

/** A sound claim, that lines go through zero, with whatever a test wants to be different. */
export function throughZero(
  changes: Partial<ClaimSpec<Line, AtZero>> = {},
): ClaimSpec<Line, AtZero> {
  return {
    id: "through-zero",
    statement: "a line goes through zero",
    direction: "claim",
    kind: "identity",
    on: [line("one")],
    measure: ({ bias }) => ({ at: bias }),
    check: ({ at }) => assertEquals(at, 0, "it must be zero at zero"),
    controls: { "a lifted line": lift },
    ...changes,
  };
}

/** A sound refutation: the wrong belief that lines do not go through zero. */
export function missesZero(
  changes: Partial<ClaimSpec<Line, AtZero>> = {},
): ClaimSpec<Line, AtZero> {
  return throughZero({
    id: "misses-zero",
    statement: "a line misses zero",
    direction: "refuted",
    check: ({ at }) => assertEquals(at, 1, "it must be one at zero"),
    ...changes,
  });
}

/** A claim, the verdict that it must get, and parts of the reason. */
type Case = readonly [string, ClaimSpec<Line, AtZero>, ...(readonly (string | RegExp)[])];

/** Makes a test of each of these, by what they show, and files it where this is called. */
export function testVerdicts(tests: Readonly<Record<string, readonly Case[]>>): void {
  const at = callerOf(testVerdicts);
  for (const [name, cases] of Object.entries(tests)) {
    const test = fileAt(at, async () => {
      for (const [verdict, spec, ...parts] of cases) {
        const { verdict: found, reason = "" } = await runClaim(spec);
        assertEquals(found, verdict, `the reason was: ${reason}`);
        for (const part of parts) {
          if (typeof part === "string") assertStringIncludes(reason, part);
          else assertMatch(reason, part);
        }
      }
    });
    Deno.test(name, test);
  }
}

/** A config for lines that are to be judged by one. */
export function smallConfig(changed: Partial<Config> = {}): Config {
  return makeConfig({ n_layers: 1, d_model: 4, n_heads: 1, d_vocab: 3, n_ctx: 5, ...changed });
}

/** A measurement or check that crashes. */
export function crash(): never {
  throw new TypeError("no such hook");
}
