import { assertEquals } from "@std/assert";
import { buildGraph, makeConfig } from "../../model/mod.ts";
import { Graph } from "../../onnx/graph.ts";
import { nonlinearOperations } from "./nonlinear_operations.ts";

/** A graph of the tokens as floats, a weight, and whatever else is made of them. */
function graphOf(make: (g: Graph) => void): Record<string, number> {
  const g = new Graph();
  g.input("tokens", "int64", [1, 3]);
  make(g);
  return nonlinearOperations(g);
}

Deno.test("sums and products with a weight are linear, products of two readings are not", () => {
  const counts = graphOf((g) => {
    const weight = g.input("W", "float32", [3, 3]);
    const x = g.gather(weight, g.get("tokens")); // [1, 3, 3]: the one lookup
    const straight = g.add(g.matmul(x, weight), g.mul(g.matmulTransposed(x, weight), 2));
    g.div(straight, weight);
    g.mul(x, straight);
    g.matmul(x, straight);
    g.div(weight, x);
    const rows = g.reshape(x, 3, 3);
    g.matmulTransposed(straight, rows);
  });
  assertEquals(counts, { Gather: 1, Mul: 1, MatMul: 1, Div: 1, Gemm: 1 });
});

Deno.test("functions bend, and what is made of shapes alone does not come from the tokens", () => {
  const counts = graphOf((g) => {
    const x = g.gather(g.input("W", "float32", [3, 3]), g.get("tokens")); // [1, 3, 3]
    g.unary("Relu", g.softmax(x));
    const length = g.cast(g.lengthOf(x, 1), "float32");
    g.unary("Cos", length);
    g.mul(x, length);
  });
  assertEquals(counts, { Gather: 1, Relu: 1, Softmax: 1 });
});

Deno.test("an attention-only block has its scores, its softmax and its reading", () => {
  const sizes = { n_layers: 3, d_model: 6, n_heads: 2, d_vocab: 5, n_ctx: 4 };
  const config = makeConfig({ ...sizes, attn_only: true, normalization: "none" });
  assertEquals(nonlinearOperations(buildGraph({ config, rewrites: [] }, { tokens: [1, 4] })), {
    Gather: 1,
    MatMul: 6,
    Softmax: 3,
  });
});
