import type { Mutant } from "./mutate.ts";

/** A mutant that nobody can notice, and why. */
export interface Explained extends Pick<Mutant, "file" | "before" | "after"> {
  /** How the line begins, where the same change stands in others. */
  readonly within?: string;
  /** Why it is the same function, or one that nothing is promised of. */
  readonly why: string;
}

const BASIS = "lib/model/variants/change_of_basis.ts";
const STRETCHED = "right.map((row, i) => row.map((value) => diagonal[i] * value))";

/** The mutants that survive for a reason. */
export const EXPLAINED: readonly Explained[] = [
  {
    file: "lib/model/graph/frequencies.ts",
    before: "0.001",
    after: "(0.001 * 2)",
    why: "whole numbers are divided by it and cut at 0 and 1: any number below 1 does the same",
  },
  {
    file: BASIS,
    before: `multiply(left, ${STRETCHED})`,
    after: `multiply(${STRETCHED}, left)`,
    why: "the same factors in another order: as random a basis, as far from singular",
  },
  {
    file: BASIS,
    before: "2 * Math.PI",
    after: "2",
    why: "turned by less than the whole circle: any turn changes all numbers and no score",
  },
  {
    file: BASIS,
    before: "row < column ? 1 : -1",
    after: "row < column ? -1 : 1",
    why: "turned as far, the other way round",
  },
  ...["W_E: 1", "W_pos: 1", "b_O: 0", "b_out: 0"].map((within) => ({
    file: "lib/model/variants/reflected_stream.ts",
    within,
    before: within.slice(-1),
    after: within.endsWith("1") ? "(1 * 2)" : "1",
    why: "the stream is their last axis: nothing lies behind it, or behind the one after it",
  })),
  {
    file: "lib/model/variants/reflected_stream.ts",
    within: "for (let start = 0",
    before: "<",
    after: "<=",
    why: "what is written past the end of typed numbers goes nowhere",
  },
  {
    file: "lib/model/variants/stretch.ts",
    within: "const slower = ",
    before: "1",
    after: "(1 * 2)",
    why: "it is for a single pair of coordinates, whose base is raised to nothing",
  },
  {
    file: "lib/runtime/forward.ts",
    within: "outputs.every(({ name }) => name ===",
    before: "===",
    after: "!==",
    why:
      "then the last part works at all positions, of which the last is taken: slower, and the same",
  },
];

/** Why a mutant survives, if that is known. */
export function whyItSurvives(mutant: Omit<Mutant, "source">): string | undefined {
  return EXPLAINED.find((one) => explains(one, mutant))?.why;
}

/** Whether an explanation is of a mutant. */
export function explains(one: Explained, mutant: Omit<Mutant, "source">): boolean {
  const { file, before, after, within = "" } = one;
  return mutant.file === file && mutant.before === before && mutant.after === after &&
    mutant.within.startsWith(within);
}
