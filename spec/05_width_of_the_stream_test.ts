import { assertEquals } from "@std/assert";
import { Graph, GraphSession, type Model, question, run } from "../mod.ts";
import { maxDifference, sizeOf, Tensor } from "../lib/tensor/mod.ts";
import * as transformer from "../lib/model/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as charts from "../lib/claims/charts.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";

/** GPT-2 small without its weights. */
const small = models.withoutWeights("GPT-2 small", transformer.gpt2Small);

/** Parts of the count, in words. */
const PARTS = {
  embed: "embedding",
  pos_embed: "positions",
  attn: "attention",
  mlp: "MLPs",
  ln: "LayerNorms",
  unembed: "unembedding",
};

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

/** Where the shapes of a widened stream are asked for. */
const WIDE = { control: "a stream as wide as the vocabulary" };

/** Where a single axis counts words: by name, and where no hook tells of it. */
const NEURONS = { control: "an MLP with a neuron for each word" };
const DETOUR = { control: "a detour through the vocabulary inside a block" };

/** Where the published count is asked of a model that is not quite GPT-2 small. */
const UNTIED = "an unembedding of its own";

question("GPT-2 small's stream is 768 wide: is it a 768 x 50,000 tensor?", {
  notes: "No; tokens are embedded into one vector for each position, and the vocabulary is not " +
    "seen again until the end.",
  standing: "confirmed",
  sources: [papers.gpt2, papers.mathematicalFramework, papers.tyingWeights],
  draft: true,
}, ({ claim, say, wouldChange }) => {
  // No two axes of these models have one length, so an axis as long as the vocabulary is one that
  // counts words.
  const axes = claim("The stream is [batch, pos, d_model], and only the logits count words", {
    id: "no-axis-of-words",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
    measure: async (model: Model) => {
      const hooks = transformer.hooksOf(model.config);
      const names = hooks.map(({ name }) => name);
      const result = await run(model, probes.drawTokens(model, { rows: 2, length: 3 }), {
        hooks: names,
      });
      const stream = hooks.filter(({ axes }) => `${axes}` === "batch,pos,d_model");
      const shapes = new Set(stream.map(({ name }) => `${result.get(name).shape}`));
      const { d_model, d_vocab } = model.config;
      const withWords = names.filter((name) => result.get(name).shape.includes(d_vocab));
      return { stream: [...shapes], activations: stream.length, d_model, withWords };
    },
    check: ({ stream, d_model, withWords }) => {
      assertEquals(stream, [`2,3,${d_model}`], "two texts, three tokens, one vector for each");
      assertEquals(withWords, ["logits"], "activations with an axis as long as the vocabulary");
    },
    mustFailOn: {
      // Filled up with zeros it computes what it did: only the shapes can tell.
      [WIDE.control]: {
        sabotage: sabotages.streamAsWideAsTheVocabulary,
        on: [models.tiny],
      },
    },
  });

  // An axis could have that length by chance, so the other way round: which shapes change with it?
  const grown = claim(
    "A larger vocabulary changes the shape of both ends, and of nothing between",
    {
      id: "only-the-ends-grow",
      kind: "identity",
      on: [...models.randomFamilies(), ...models.oneOfEachWiring, small],
      measure: (model: models.WithoutWeights) => withTwiceTheWords(model),
      check: ({ changed, ends, hidden }) => {
        assertEquals(changed, ends, "shapes that are not as they were");
        assertEquals(hidden, 0, "operations between the ends whose shape is not, with no name");
      },
      mustFailOn: {
        [NEURONS.control]: {
          on: [models.tiny, small],
          measure: (model) => withTwiceTheWords(model, (c) => ({ ...c, d_mlp: c.d_vocab })),
        },
        [DETOUR.control]: {
          sabotage: sabotages.throughTheVocabulary,
          on: [models.tiny, models.trainedModel("learned/1")],
        },
        [WIDE.control]: {
          on: [models.tiny, small],
          measure: (model) => withTwiceTheWords(model, (c) => ({ ...c, d_model: c.d_vocab })),
        },
      },
      show: (runs) =>
        charts.bars({
          title: "How many numbers a full window takes, at GPT-2 small's sizes",
          caption:
            "Two bars for each activation of the first block and the ends: with the published " +
            "vocabulary and with twice as many words. Only the logits grow.",
          x: { label: "activation" },
          y: { label: "numbers" },
          log: true,
          rows: runs.filter(({ model, control }) => model === small.name && !control)
            .flatMap(({ evidence }) => evidence.sizes)
            .flatMap(({ name, once, twice }) => [
              { x: name, y: once, series: "its vocabulary" },
              { x: name, y: twice, series: "twice the vocabulary" },
            ]),
        }),
    },
  );

  // Zeros times anything finite, and one times the row: sums without rounding, so exactly equal.
  // Every token is fed, or a row that is wrong could hide.
  const lookup = claim("Looking a row up equals multiplying a one-hot vector by W_E", {
    id: "lookup-is-a-product",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
    measure: async (model: Model) => {
      const rows = everyToken(model);
      const embedded = (await run(model, rows, { hooks: ["hook_embed"] })).get("hook_embed");
      const product = await oneHotTimes(model.weights["embed.W_E"], rows);
      const tokens = new Set(rows.flat()).size;
      return { apart: maxDifference(embedded, product), tokens, d_vocab: model.config.d_vocab };
    },
    check: ({ apart, tokens, d_vocab }) => {
      assertEquals(apart, 0, "the row that was looked up, less the product");
      assertEquals(tokens, d_vocab, "every token must have been looked up");
    },
    mustFailOn: {
      "a lookup wrong for one token": {
        sabotage: sabotages.neighbouringRow(7),
        on: [models.tiny, models.trainedModel("learned/1")],
      },
    },
  });

  const count = claim("These sizes imply GPT-2 small's published 124,439,808 parameters", {
    id: "published-count",
    kind: "identity",
    on: [small],
    measure: ({ config }: models.WithoutWeights) => {
      const parameters = transformer.parameterCount(config);
      const g = transformer.buildGraph({ config }, { tokens: [1, config.n_ctx] });
      const learned = g.inputs.filter(({ name }) => name !== "tokens");
      const inGraph = learned.reduce((sum, { shape }) => sum + sizeOf(shape as number[]), 0);
      const activations = transformer.hooksOf(config).map(({ name }) => ({
        name,
        size: sizeIn(g, name),
      }));
      const [largest, next] = activations.toSorted((a, b) => b.size - a.size);
      return {
        parameters,
        inGraph,
        window: config.n_ctx,
        stream: sizeIn(g, STREAM),
        largest,
        next,
      };
    },
    check: ({ parameters, inGraph, stream, largest }) => {
      assertEquals(parameters.total, 124_439_808, "what the config implies");
      assertEquals(inGraph, parameters.total, "what the graph has to be fed");
      assertEquals(stream, 1024 * 768, "numbers on the stream of a full window");
      assertEquals(largest.name, "logits", "the largest activation");
    },
    mustFailOn: {
      [UNTIED]: {
        on: [
          models.withoutWeights("GPT-2 small, untied", { ...transformer.gpt2Small, tied: false }),
        ],
      },
      "one position less": {
        on: [
          models.withoutWeights("GPT-2 small, shorter", { ...transformer.gpt2Small, n_ctx: 1023 }),
        ],
      },
    },
    show: ([{ evidence }]) =>
      charts.bars({
        title: "Where GPT-2 small's parameters are",
        caption:
          "The table of tokens is the one tensor of about 768 x 50,000. It is a parameter, " +
          "read at the start and once more at the end.",
        x: { label: "part" },
        y: { label: "parameters", unit: "millions" },
        rows: Object.entries(evidence.parameters).filter(([part]) => part in PARTS)
          .map(([part, y]) => ({ x: PARTS[part as keyof typeof PARTS], y: y / 1e6 })),
      }),
  });

  say`
      No: it holds one vector of 768 numbers for each position, and has no axis that counts words
      ${grown}. A full window of ${count.value(small, (e) => e.window)} positions is
      ${count.value(small, (e) => e.stream)} numbers, whatever the size of the vocabulary. In
      ${axes.count({ origin: "random" })} random models and ${axes.count({ origin: "trained" })}
      trained ones, everything on the stream came out with three axes: which text, which position,
      and the width. Of all that is computed on the way, only the logits, the scores of the words
      at the end, had an axis as long as the vocabulary ${axes}.

      A tensor of 768 by about 50,000 does exist, but it is a parameter: the embedding \`W_E\`, with
      ${count.value(small, (e) => e.parameters.embed)} of the model's
      ${count.value(small, (e) => e.parameters.total)} numbers. Each token picks one row of it,
      which is the same as multiplying the whole table by a one-hot vector, a one at the token's
      place and zeros elsewhere: over every token of ${lookup.count()} models the two differed by
      ${lookup.max((e) => e.apart)}.

      So the vocabulary is met at two places only: when the shapes of GPT-2 small were worked out
      again for twice as many words,
      ${grown.value(small, (e) => e.changed.length)} changed, those of \`W_E\` and of the logits.
      GPT-2 uses one table at both ends; a model with an unembedding of its own has two more
      parameters that grow, \`W_U\` and \`b_U\`, and at these sizes would have
      ${count.max((e) => e.parameters.total, { control: UNTIED })} parameters in all.

      One caveat: at the end the vocabulary does come back, once for every position ${axes}. The
      logits of a full window are ${count.value(small, (e) => e.largest.size)} numbers, the largest
      activation of all; the next largest, one layer's attention weights, has
      ${count.value(small, (e) => e.next.size)}.
    `;
  wouldChange`
      An activation between the embedding and the logits whose shape depends on how many words
      there are. An MLP with a neuron for each word would be one, and
      ${grown.value(small, (e) => e.changed.length, NEURONS)} shapes would change with the
      vocabulary. The closest that we could build is a stream that is filled up with zeros to one
      coordinate for each word: without LayerNorm it computes the same logits, and it is told apart
      by its shapes alone, of which
      ${grown.value(small, (e) => e.changed.length, WIDE)} change at GPT-2 small's sizes.
    `;
});

/**
 * Which parameters and activations change their shape when the vocabulary is twice as large, which
 * of them are at the ends, and how many numbers a full window takes with either vocabulary.
 *
 * @param design What else changes with the vocabulary; nothing unless told.
 */
function withTwiceTheWords(
  { config, rewrites }: models.WithoutWeights,
  design = (config: transformer.Config) => config,
) {
  const graph = (d_vocab: number) =>
    transformer.buildGraph({ config: design({ ...config, d_vocab }), rewrites }, {
      tokens: [1, config.n_ctx],
    });
  const [a, b] = [graph(config.d_vocab), graph(2 * config.d_vocab)];
  const changed = a.names.filter((name) => `${a.find(name)!.shape}` !== `${b.find(name)!.shape}`);
  const unembedding = ["unembed.W_U", ...(config.biases ? ["unembed.b_U"] : [])];
  const ends = ["embed.W_E", ...(config.tied ? [] : unembedding), "logits"];
  const last = a.nodes.findIndex(({ output }) => output.name === lastOnStream(config));
  const shapes = ({ nodes }: Graph) => nodes.slice(0, last + 1).map(({ output }) => output);
  const later = shapes(b);
  const hidden =
    shapes(a).filter(({ name, shape }, i) => !a.find(name) && `${shape}` !== `${later[i].shape}`)
      .length;
  const sizes = Object.entries(DRAWN).filter(([hook]) => a.find(hook))
    .map(([hook, name]) => ({ name, once: sizeIn(a, hook), twice: sizeIn(b, hook) }));
  return { changed, ends, hidden, sizes };
}

/** The hook that the unembedding reads. */
function lastOnStream({ normalization, n_layers }: transformer.Config): string {
  const post = `blocks.${n_layers - 1}.hook_resid_post`;
  return normalization === "LN" ? "ln_final.hook_normalized" : post;
}

/** How many numbers there are at a hook of a graph for tokens of a known shape. */
function sizeIn(g: Graph, hook: string): number {
  return sizeOf(g.find(hook)!.shape as number[]);
}

/** Every token of the vocabulary, in rows short enough for every window. */
function everyToken({ config: { d_vocab } }: Model): number[][] {
  const rows = Math.ceil(d_vocab / 5);
  return Array.from(
    { length: rows },
    (_, row) => [0, 1, 2, 3, 4].map((i) => (5 * row + i) % d_vocab),
  );
}

/** A one at each token's place, times a table: [batch, pos, d_vocab] by [d_vocab, d_model]. */
async function oneHotTimes(table: Tensor, rows: number[][]): Promise<Tensor> {
  const shape = [rows.length, rows[0].length, table.shape[0]];
  const hot = Tensor.full(shape);
  rows.flat().forEach((token, i) => hot.data[i * table.shape[0] + token] = 1);
  const g = new Graph();
  g.name(g.matmul(g.input("hot", "float32", shape), g.initializer("table", table)), "product");
  const session = await GraphSession.open(g, ["product"]);
  try {
    return (await session.run({ hot })).product;
  } finally {
    await session.release();
  }
}
