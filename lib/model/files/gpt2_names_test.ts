import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Tensor } from "../../tensor/tensor.ts";
import { makeConfig, ModelFileError, randomWeights } from "../mod.ts";
import { anyConfig } from "../testing/config_arbitrary.ts";
import { fromGpt2Tensors, isGpt2Buffer, toGpt2Tensors } from "./gpt2_names.ts";

const gpt2 = makeConfig({
  n_layers: 1,
  d_model: 4,
  n_heads: 2,
  d_head: 3,
  d_mlp: 5,
  d_vocab: 7,
  n_ctx: 8,
  tied: true,
});
const weights = randomWeights(gpt2, "names");
const tensors = toGpt2Tensors(gpt2, weights);

/** A tensor as a file keeps it. */
const kept = (tensor: Tensor) => ({ shape: tensor.shape, read: () => tensor });
const mapOf = (given: Record<string, Tensor>) =>
  new Map(Object.entries(given).map(([name, tensor]) => [name, kept(tensor)]));

Deno.test("a GPT-2 has the names and shapes of a Hugging Face checkpoint", () => {
  const shapes = Object.entries(tensors).map(([name, { shape }]) => `${name} [${shape}]`);
  assertEquals(shapes, [
    "wte.weight [7,4]",
    "wpe.weight [8,4]",
    "h.0.ln_1.weight [4]",
    "h.0.ln_1.bias [4]",
    "h.0.attn.c_attn.weight [4,18]",
    "h.0.attn.c_attn.bias [18]",
    "h.0.attn.c_proj.weight [6,4]",
    "h.0.attn.c_proj.bias [4]",
    "h.0.ln_2.weight [4]",
    "h.0.ln_2.bias [4]",
    "h.0.mlp.c_fc.weight [4,5]",
    "h.0.mlp.c_fc.bias [5]",
    "h.0.mlp.c_proj.weight [5,4]",
    "h.0.mlp.c_proj.bias [4]",
    "ln_f.weight [4]",
    "ln_f.bias [4]",
  ]);
});

Deno.test("c_attn holds queries, keys and values side by side, each head after head", () => {
  const weight = tensors["h.0.attn.c_attn.weight"];
  const bias = tensors["h.0.attn.c_attn.bias"];
  ["Q", "K", "V"].forEach((x, part) => {
    for (let head = 0; head < 2; head++) {
      for (let i = 0; i < 3; i++) {
        const column = part * 6 + head * 3 + i;
        const where = `${x}, head ${head}, coordinate ${i}`;
        assertEquals(bias.at(column), weights[`blocks.0.attn.b_${x}`].at(head, i), where);
        for (let d = 0; d < 4; d++) {
          assertEquals(weight.at(d, column), weights[`blocks.0.attn.W_${x}`].at(head, d, i), where);
        }
      }
    }
  });
});

Deno.test("a full W_QK is c_qk, and c_attn holds what is left", () => {
  const full = makeConfig({ ...gpt2, query_key: "full" });
  const ours = randomWeights(full, "full");
  const theirs = toGpt2Tensors(full, ours);
  assertEquals(theirs["h.0.attn.c_qk.weight"].data, ours["blocks.0.attn.W_QK"].data, "W_QK");
  assertEquals(theirs["h.0.attn.c_attn.weight"].shape, [4, 6], "values alone");
  const same = makeConfig({ ...gpt2, query_key: "same" });
  const queries = toGpt2Tensors(same, randomWeights(same, "same"));
  assertEquals(queries["h.0.attn.c_attn.weight"].shape, [4, 12], "queries and values");
});

Deno.test("c_proj stacks the heads' output matrices, and lm_head is W_U on its side", () => {
  const { "blocks.0.attn.W_O": W_O } = weights;
  const projection = tensors["h.0.attn.c_proj.weight"];
  assertEquals(projection.at(4, 2), W_O.at(1, 1, 2), "row 4 is head 1's coordinate 1");
  const untied = makeConfig({ ...gpt2, tied: false });
  const ours = randomWeights(untied, "untied");
  const theirs = toGpt2Tensors(untied, ours);
  assertEquals(theirs["lm_head.weight"].shape, [7, 4], "[d_vocab, d_model]");
  assertEquals(theirs["lm_head.weight"].at(6, 1), ours["unembed.W_U"].at(1, 6));
  assertEquals(theirs["lm_head.bias"].data, ours["unembed.b_U"].data, "our extension");
});

Deno.test("weights of every config come back bit for bit, in the order of the forward pass", () => {
  fc.assert(
    fc.property(anyConfig, fc.nat(), (config, seed) => {
      const ours = randomWeights(config, seed);
      const theirs = toGpt2Tensors(config, ours);
      const back = fromGpt2Tensors(config, mapOf(theirs));
      assertEquals(Object.keys(back), Object.keys(ours), "names");
      for (const [name, { data, shape }] of Object.entries(ours)) {
        assertEquals(back[name].shape, shape, `shape of ${name}`);
        assertEquals(back[name].data, data, `numbers of ${name}`);
      }
      assertEquals(toGpt2Tensors(config, back), theirs, "and there again");
    }),
    { seed: 8, numRuns: 100 },
  );
});

Deno.test("the prefix and the mask buffers of real checkpoints make no difference", () => {
  const real = mapOf({});
  for (const [name, tensor] of mapOf(tensors)) real.set(`transformer.${name}`, tensor);
  real.set("transformer.h.0.attn.bias", kept(Tensor.full([1, 1, 8, 8], 1)));
  real.set("transformer.h.0.attn.masked_bias", kept(Tensor.from(-1e4)));
  assertEquals(fromGpt2Tensors(gpt2, real), fromGpt2Tensors(gpt2, mapOf(tensors)));
  assert(!isGpt2Buffer("h.0.attn.c_attn.bias"), "a bias that is learned is no buffer");
});

Deno.test("a tied model may store its embedding twice, but not two embeddings", () => {
  const copy = { ...tensors, "lm_head.weight": tensors["wte.weight"] };
  assertEquals(fromGpt2Tensors(gpt2, mapOf(copy)), fromGpt2Tensors(gpt2, mapOf(tensors)));
  const other = { ...tensors, "lm_head.weight": tensors["wte.weight"].map((x) => x + 1) };
  assertThrows(
    () => fromGpt2Tensors(gpt2, mapOf(other)),
    ModelFileError,
    "lm_head.weight of a tied model must equal wte.weight or be absent",
  );
});

Deno.test("every tensor that is left out is asked for by name", () => {
  for (const name of Object.keys(tensors)) {
    const rest = mapOf(tensors);
    rest.delete(name);
    assertThrows(
      () => fromGpt2Tensors(gpt2, rest),
      ModelFileError,
      `${name} must be [${tensors[name].shape}], got nothing`,
    );
  }
});

Deno.test("a tensor of another shape, too many, or there twice is refused by name", () => {
  const turned = { ...tensors, "h.0.mlp.c_fc.weight": Tensor.full([5, 4]) };
  assertThrows(
    () => fromGpt2Tensors(gpt2, mapOf(turned)),
    ModelFileError,
    "Cannot read GPT-2 weights: h.0.mlp.c_fc.weight must be [4,5], got [5,4]",
  );
  for (const extra of ["h.1.ln_1.weight", "score.weight", "__proto__", "lm_head.bias"]) {
    const given = mapOf(tensors).set(extra, kept(Tensor.from([1])));
    const message = `there is no place for ${extra}`;
    assertThrows(() => fromGpt2Tensors(gpt2, given), ModelFileError, message);
  }
  const twice = mapOf(tensors).set("transformer.ln_f.bias", kept(Tensor.from([1])));
  assertThrows(
    () => fromGpt2Tensors(gpt2, twice),
    ModelFileError,
    `tensor "ln_f.bias" is there with and without prefix`,
  );
});

Deno.test("weights that do not fit their config are not written", () => {
  const { "embed.W_E": _, ...rest } = weights;
  assertThrows(
    () => toGpt2Tensors(gpt2, rest),
    ModelFileError,
    "Cannot write GPT-2 weights: embed.W_E must be [7,4], got nothing",
  );
});

Deno.test("more layers than tensors are refused before anything is laid out", () => {
  const endless = makeConfig({ ...gpt2, n_layers: 1e12 });
  const message = "1000000000000 layers need more tensors than the 16 given";
  assertThrows(() => fromGpt2Tensors(endless, mapOf(tensors)), ModelFileError, message);
});
