import type { Graph } from "../../onnx/mod.ts";
import type { Value } from "../../onnx/graph.ts";

/**
 * Cross-entropy: minus the log of the probability that each position gives to its target, weighted
 * and summed to one number, in nats.
 *
 * Through the logarithm of softmax as one operation, which never takes the log of a probability
 * that has underflowed to zero: a target 200 nats away costs 200 and not infinity.
 *
 * @param logits [batch, pos, d_vocab]
 * @param targets The tokens that come next, integers [batch, pos].
 * @param weights How much each position counts, [batch, pos]: 1 / (batch * pos) everywhere for the
 * mean; zeros leave positions out.
 */
export function crossEntropy(g: Graph, logits: Value, targets: Value, weights: Value): Value {
  return g.sum(g.mul(tokenLosses(g, logits, targets), weights), [0, 1]); // []
}

/** The loss at each position, in nats: [batch, pos]. */
function tokenLosses(g: Graph, logits: Value, targets: Value): Value {
  const [batch, pos] = targets.shape;
  const index = g.unsqueeze(targets, 2); // [batch, pos, 1]
  const axis = { axis: 2 };
  const logs = g.op("GatherElements", [g.logSoftmax(logits), index], [batch, pos, 1], axis);
  return g.unary("Neg", g.sum(logs, [2])); // [batch, pos]
}
