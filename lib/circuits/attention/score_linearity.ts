import { type Model, needs } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { max, Random, type Tensor } from "../../tensor/mod.ts";
import { attentionInput } from "../../model/hooks.ts";

/** Whether scores depend on what asks as one matrix would have it, as evidence. */
export type ScoreLinearity = {
  /**
   * How far the score of a vector halfway between two others is from halfway between their scores,
   * at most, relative to the largest score on that line.
   */
  readonly fromLinear: number;
  /** How far the scores of the two are from each other, at most, relative to the same. */
  readonly moved: number;
};

/** How long the line is, each way: along a short one nearly everything is straight. */
const LENGTHS = [1, 4, 16];

/**
 * The first layer's scores along a line: what the last position reads is moved one way and the
 * other way, a little and far, and its scores of all earlier keys are compared with those in the
 * middle. Whatever matrix W stands for queries and keys, (x, 1) W (y, 1) goes straight along it.
 *
 * @param text At least two tokens.
 */
export async function scoreLinearity(
  model: Model,
  text: readonly number[],
): Promise<ScoreLinearity> {
  const unfit = needs.attention(model.config);
  if (unfit) throw new RangeError(`Cannot look at scores: attention is required, ${unfit}`);
  const last = text.length - 1;
  const hook = attentionInput(model.config, "blocks.0");
  const scores = "blocks.0.attn.hook_attn_scores";
  const along = new Random("line").normalTensor([model.config.d_model]);
  const ends = LENGTHS.flatMap((length) => [length, -length]);
  const interventions = ends.map((by, row) => ({
    hook,
    rows: [row],
    positions: [last],
    to: (clean: Tensor) =>
      clean.get(0, last).map((x, i) => x + by * along.data[i]).reshape(1, 1, along.size),
  }));
  const rows = [...ends, 0].map(() => text);
  const kept = await run(model, rows, { hooks: [scores], interventions });
  const found = kept.get(scores).unstack().map(scoresOfLast);
  const lines = LENGTHS.map((_, i) => alongLine(found[2 * i], found[2 * i + 1], found.at(-1)!));
  return {
    fromLinear: max(lines.map((line) => line.fromLinear)),
    moved: max(lines.map((line) => line.moved)),
  };
}

/** Of the scores at both ends of a line and in its middle. */
function alongLine(plus: number[], minus: number[], middle: number[]): ScoreLinearity {
  const most = (numbers: number[]) => max(numbers.map(Math.abs));
  const largest = most([...plus, ...minus, ...middle]);
  return {
    fromLinear: most(middle.map((score, i) => (plus[i] + minus[i]) / 2 - score)) / largest,
    moved: most(plus.map((score, i) => score - minus[i])) / largest,
  };
}

/** Of [head, query, key], every head's scores of the keys before the last position, which asks. */
function scoresOfLast(scores: Tensor): number[] {
  const last = scores.shape[1] - 1;
  return scores.unstack().flatMap((head) => [...head.get(last).data.slice(0, last)]);
}
