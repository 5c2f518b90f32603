import { type Model, parameterShapes } from "../../model/mod.ts";
import { reference } from "../../model/reference/reference.ts";
import { run } from "../../runtime/run.ts";

/**
 * How far a model's logits are from what its config and its weights say they are: from the same
 * transformer in plain loops and 64 bits, which begins with the tokens and knows of no change that
 * was made to the graph.
 *
 * @param text Its tokens, [pos].
 * @returns The largest difference, relative to the largest logit.
 */
export async function offLogitFormula(model: Model, text: readonly number[]): Promise<number> {
  const { config, weights } = model;
  const stored = Object.keys(parameterShapes(config)).map((name) => [name, weights[name]]);
  const given = { config, weights: Object.fromEntries(stored) };
  const said = reference(given, [text]).get("logits").data; // [pos, d_vocab]
  const { data } = (await run(model, [text])).logits;
  const apart = said.map((x, i) => Math.abs(x - data[i]));
  return largest(apart) / largest(said.map(Math.abs));
}

function largest(numbers: Float64Array): number {
  return numbers.reduce((most, x) => Math.max(most, x), 0);
}
