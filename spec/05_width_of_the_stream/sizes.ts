/** What is counted in question 05: shapes and parameters, without any weights. */
import type { Graph } from "../../mod.ts";
import { sizeOf } from "../../lib/tensor/mod.ts";
import * as transformer from "../../lib/model/mod.ts";
import type * as models from "../../fixtures/mod.ts";

/** A place on the stream. */
const STREAM = "blocks.0.hook_resid_pre";

/** Activations to draw, from the first to the last, in words. */
const DRAWN = {
  hook_embed: "the tokens' embeddings",
  [STREAM]: "stream, before the first block",
  "blocks.0.attn.hook_q": "queries",
  "blocks.0.attn.hook_pattern": "attention weights",
  "blocks.0.hook_attn_out": "what attention adds",
  "blocks.0.mlp.hook_post": "neurons of the MLP",
  "blocks.0.hook_resid_post": "stream, after the first block",
  logits: "logits, at the end",
};

/**
 * Which parameters and activations change their shape when the vocabulary is twice as large, which
 * of them are at the ends, and how many numbers a full window takes with either vocabulary.
 *
 * @param design What else changes with the vocabulary; nothing unless told.
 */
export function withTwiceTheWords(
  { config, rewrites }: models.WithoutWeights,
  design = (config: transformer.Config) => config,
) {
  const graph = (d_vocab: number) =>
    transformer.buildGraph({ config: design({ ...config, d_vocab }), rewrites }, {
      tokens: [1, config.n_ctx],
    });
  const [a, b] = [graph(config.d_vocab), graph(2 * config.d_vocab)];
  const changed = a.names.filter((name) => `${a.find(name)!.shape}` !== `${b.find(name)!.shape}`);
  const ofWords = ["embed.W_E", "unembed.W_U", "unembed.b_U"];
  const learned = Object.keys(transformer.parameterShapes(config));
  const ends = [...ofWords.filter((name) => learned.includes(name)), "logits"];
  const last = a.nodes.findIndex(({ output }) => output.name === lastOnStream(config));
  const shapes = ({ nodes }: Graph) => nodes.slice(0, last + 1).map(({ output }) => output);
  const later = shapes(b);
  const hidden =
    shapes(a).filter(({ name, shape }, i) => !a.find(name) && `${shape}` !== `${later[i].shape}`)
      .length;
  const millions = (g: Graph, hook: string) => sizeIn(g, hook) / 1e6;
  const sizes = Object.entries(DRAWN).filter(([hook]) => a.find(hook))
    .map(([hook, name]) => ({ name, once: millions(a, hook), twice: millions(b, hook) }));
  return { changed, changes: changed.length, ends, hidden, sizes };
}

/** The hook that the unembedding reads. */
function lastOnStream({ normalization, n_layers }: transformer.Config): string {
  const post = `blocks.${n_layers - 1}.hook_resid_post`;
  return normalization === "none" ? post : "ln_final.hook_normalized";
}

/** How many numbers there are at a hook of a graph for tokens of a known shape. */
function sizeIn(g: Graph, hook: string): number {
  return sizeOf(g.get(hook).shape as number[]);
}

/** How many numbers a model has to learn, counted twice, and what is on its stream. */
export function counted({ config }: models.WithoutWeights) {
  const parameters = transformer.parameterCount(config);
  const g = transformer.buildGraph({ config }, { tokens: [1, config.n_ctx] });
  const learned = g.inputs.filter(({ name }) => name !== "tokens");
  const inGraph = learned.reduce((sum, { shape }) => sum + sizeOf(shape as number[]), 0);
  const size = ({ name }: transformer.Hook) => sizeIn(g, name);
  const [largest] = transformer.hooksOf(config).toSorted((a, b) => size(b) - size(a));
  return { parameters, inGraph, stream: sizeIn(g, STREAM), largest: largest.name };
}
