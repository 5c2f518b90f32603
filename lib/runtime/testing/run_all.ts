import { hooksOf, type Model } from "../../model/mod.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { type Activations, run, type RunOptions } from "../run.ts";
import type { Tokens } from "../../model/tokens.ts";

/** The names of every hook of a model. */
export function hookNames({ config }: Model): string[] {
  return hooksOf(config).map(({ name }) => name);
}

/** For tests: a run that keeps every hook. */
export function runAll(model: Model, tokens: Tokens, options: RunOptions = {}) {
  return run(model, tokens, { hooks: hookNames(model), ...options });
}

/** For tests: fails unless two runs have the same bits at every hook. */
export function assertSameRun(
  model: Model,
  actual: Activations,
  expected: Activations,
  what: string,
): void {
  for (const hook of hookNames(model)) {
    assertSameBits(actual.get(hook), expected.get(hook), `${model.name}, ${what}: ${hook}`);
  }
}
