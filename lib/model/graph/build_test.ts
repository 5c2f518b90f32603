import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { Dim, Graph } from "../../onnx/mod.ts";
import { type Config, makeConfig, makeModel, parameterShapes, randomWeights } from "../mod.ts";
import { type Axis, hooksOf, lengthsOf } from "../hooks.ts";
import { anyConfig } from "../testing/config_arbitrary.ts";
import { buildGraph } from "./build.ts";

const FIXED = { seed: 4, numRuns: 60 };
const CONFIG = makeConfig({ n_layers: 1, d_model: 6, n_heads: 3, d_vocab: 11, n_ctx: 5 });

/** What a graph names that is neither an input nor a weight nor the point where the mask is made. */
function namedValues(g: Graph, config: Config): string[] {
  const other = new Set(["tokens", ...Object.keys(parameterShapes(config))]);
  return g.names.filter((name) => !other.has(name) && !name.endsWith(".mask"));
}

Deno.test("a graph has exactly the hooks of the table, in its order, with its axes", () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      const g = buildGraph({ config });
      const hooks = hooksOf(config);
      assertEquals(namedValues(g, config), hooks.map(({ name }) => name), "names");
      const lengths: Record<Axis, Dim> = lengthsOf(config, 0, 0);
      const named = { ...lengths, batch: "batch", pos: "pos", query: "pos", key: "pos" };
      for (const { name, axes } of hooks) {
        assertEquals(g.get(name).shape, axes.map((axis) => named[axis]), name);
      }
    }),
    FIXED,
  );
});

Deno.test("a graph from a config alone has the shapes of one with weights", () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      const bare = buildGraph({ config });
      const whole = buildGraph(makeModel("m", config, randomWeights(config, 1)));
      const shapes = (g: Graph) =>
        Object.fromEntries(g.names.map((name) => [name, g.get(name).shape]));
      assertEquals(shapes(bare), shapes(whole), "every named value, parameters included");
      const inputs = ["tokens", ...Object.keys(parameterShapes(config))];
      const fed = bare.inputs.map(({ name }) => name).sort();
      assertEquals(fed, inputs.sort(), "without weights the parameters are inputs");
      assertEquals(whole.inputs.map(({ name }) => name), ["tokens"], "with them only tokens");
    }),
    FIXED,
  );
});

Deno.test("a graph offers a mask and a patch where it is asked to, and refuses hooks it has not", () => {
  const hook = "blocks.0.attn.hook_pattern";
  const inputs = buildGraph({ config: CONFIG }, { intervene: [hook] }).inputs
    .filter(({ name }) => name.startsWith(hook));
  assertEquals(inputs.map(({ name, dtype }) => [name, dtype]), [
    [`${hook}:mask`, "bool"],
    [`${hook}:patch`, "float32"],
  ]);
  assertEquals(inputs.map(({ shape }) => shape.length), [4, 4], "with every axis of the hook");
  assertThrows(
    () => buildGraph({ config: CONFIG }, { intervene: ["hook_z"] }),
    RangeError,
    'No hook "hook_z" in this model; it has blocks.0.attn.hook_z',
  );
  const mask = { intervene: ["blocks.0.attn.mask"] };
  assertThrows(() => buildGraph({ config: CONFIG }, mask), RangeError, "No hook", "not a hook");
});

Deno.test("a graph with a past takes keys and values in and gives longer ones back", () => {
  const config = { ...CONFIG, n_layers: 2 };
  const g = buildGraph({ config }, { past: true });
  const past = g.inputs.filter(({ name }) => name.startsWith("past."));
  const parts = ["0.k", "0.v", "1.k", "1.v"];
  assertEquals(past.map(({ name }) => name), parts.map((part) => `past.${part}`), "in");
  for (const { shape } of past) assertEquals(shape, ["batch", "past", 3, 2], "of a past");
  for (const part of parts) {
    assertEquals(g.get(`next.${part}`).shape, ["batch", "kv", 3, 2], `next.${part}`);
  }
  assertEquals(g.get("blocks.1.attn.hook_pattern").shape, ["batch", 3, "pos", "kv"], "pattern");
  assertEquals(g.get("logits").shape, ["batch", "pos", 11], "logits of the new tokens only");
});
