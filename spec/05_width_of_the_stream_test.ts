import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Graph, type Model, question, run } from "../mod.ts";
import { maxAbs, maxDifference, sizeOf, type Tensor } from "../lib/tensor/mod.ts";
import * as transformer from "../lib/model/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as pictures from "../lib/claims/pictures/mod.ts";
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

question("GPT-2 small's stream is 768 wide: is it a 768 x 50,000 tensor?", {
  notes: "No; tokens are embedded into one vector for each position, and the vocabulary is not " +
    "seen again until the end.",
  standing: "confirmed",
  lit: ["embedding", "stream", "unembedding"],
  sources: [papers.gpt2, papers.mathematicalFramework],
}, ({ short, say, aside, caveat, claim, wouldChange }) => {
  short`No. The stream is one vector of 768 numbers for each token of the text. The vocabulary appears
    at the two ends only: a table gives each token its first vector, and a matrix turns the last ones
    into a score for every word.`;

  // Where no other axis is as long as the vocabulary, one of that length is one that counts words.
  const axes = claim("The stream is [batch, pos, d_model], and only the logits count words", {
    id: "no-axis-of-words",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
    needs: ({ d_vocab, n_heads, d_head, d_mlp, d_model }) =>
      [2, 3, n_heads, d_head, d_mlp, d_model].includes(d_vocab)
        ? "another axis is as long as its vocabulary"
        : undefined,
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
      "a stream as wide as the vocabulary": {
        sabotage: sabotages.streamAsWideAsTheVocabulary,
        on: [models.tiny],
      },
    },
  });

  say`The residual stream is where all layers of a transformer meet: each reads it and adds what it
    has found. At any moment it holds one vector for each token of the text, at most as many as the
    context window has places. Several texts can be run at once, so it is a tensor of three axes,
    which text, which position, and the width; none of them counts words ${axes}. The numbers in
    its vector tell which word stands at a position.`;

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
        "an MLP with a neuron for each word": {
          on: [models.tiny, small],
          measure: (model) => withTwiceTheWords(model, (c) => ({ ...c, d_mlp: c.d_vocab })),
        },
        "a detour through the vocabulary inside a block": {
          sabotage: sabotages.throughTheVocabulary,
          on: [models.tiny, models.trainedModel("learned/1")],
        },
        "a stream as wide as the vocabulary": {
          on: [models.tiny, small],
          measure: (model) => withTwiceTheWords(model, (c) => ({ ...c, d_model: c.d_vocab })),
        },
      },
      show: pictures.bars({
        title: "With twice the vocabulary, only the logits take more room",
        caption:
          "How many numbers GPT-2 small computes on the way, for a full window, with its own " +
          "vocabulary and with twice as many words. What stands on the stream stays as it was.",
        on: { model: small },
        x: { label: "activation", of: "sizes.name" },
        y: {
          label: "numbers, in millions",
          of: { "its vocabulary": "sizes.once", "twice the vocabulary": "sizes.twice" },
        },
      }),
    },
  );

  say`Does anything inside depend on how many words there are? Work out all shapes of GPT-2 small
    again for a vocabulary twice as large: ${grown.value(small, "changes")} change, the table that
    is read at the start and the logits, the scores that come out at the end ${grown}. Everything in
    between is as it was.`;

  // Zeros times anything finite, and one times the row: sums without rounding, so exactly equal.
  // Every token is fed, or a row that is wrong could hide.
  const lookup = claim("Looking a row up equals multiplying a one-hot vector by W_E", {
    id: "lookup-is-a-product",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
    measure: (model: Model) => probes.oneHotLookup(model),
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

  say`There is a tensor of 768 by about 50,000 numbers, and it is easily mistaken for the stream: the
    embedding, \`W_E\`, a table with a row for each word. It is a parameter, learned once and the
    same for every text. Each token of a text picks out one row. To pick a row is the same as to
    multiply the table by a one-hot vector, a one at the token's place and zeros elsewhere ${lookup};
    so whoever writes it that way meets vectors as long as the vocabulary, but before the stream.`;

  const count = claim("GPT-2 small's sizes count to 124,439,808 parameters", {
    id: "published-count",
    kind: "identity",
    on: [small],
    measure: ({ config }: models.WithoutWeights) => {
      const parameters = transformer.parameterCount(config);
      const g = transformer.buildGraph({ config }, { tokens: [1, config.n_ctx] });
      const learned = g.inputs.filter(({ name }) => name !== "tokens");
      const inGraph = learned.reduce((sum, { shape }) => sum + sizeOf(shape as number[]), 0);
      const size = ({ name }: transformer.Hook) => sizeIn(g, name);
      const [largest] = transformer.hooksOf(config).toSorted((a, b) => size(b) - size(a));
      return { parameters, inGraph, stream: sizeIn(g, STREAM), largest: largest.name };
    },
    check: ({ parameters, inGraph, stream, largest }) => {
      assertEquals(parameters.total, 124_439_808, "what the config implies");
      assertEquals(inGraph, parameters.total, "what the graph has to be fed");
      assertEquals(stream, 1024 * 768, "numbers on the stream of a full window");
      assertEquals(largest, "logits", "the largest activation");
    },
    mustFailOn: {
      "an unembedding of its own": {
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
    show: pictures.bars({
      title: "The table of words is a third of GPT-2 small's parameters",
      caption:
        "Learned numbers by the part that they belong to. The embedding is the one tensor of " +
        "about 768 by 50,000: read at the start, and once more at the end.",
      x: { label: "part", of: () => Object.values(PARTS) },
      y: {
        label: "parameters",
        unit: "millions",
        of: ({ evidence: { parameters } }) =>
          Object.keys(PARTS).map((part) => parameters[part as keyof typeof PARTS] / 1e6),
      },
    }),
  });

  aside`The sizes that OpenAI gives for GPT-2 small count to
    ${count.value(small, "parameters.total")} parameters, of which the embedding has
    ${count.value(small, "parameters.embed")} ${count}. The first is what ${papers.llmC} prints for
    the weights that were released. ${papers.gpt2} has a smaller one, which its authors have
    since called an error (${papers.gpt2Code}). GPT-2 uses the embedding at both ends. Models that
    have an unembedding of their own have a second such matrix ${count}.`;

  const mixed = claim("With its stream in other coordinates, a model computes the same logits", {
    id: "coordinates-mean-nothing",
    kind: "identity",
    on: models.randomFamilies({
      normalization: "none",
      positions: ["learned", "rotary", "alibi", "none"],
    }),
    measure: (model: Model) => inOtherCoordinates(model, { writers: true }),
    check: ({ apart, moved }) => {
      // Sums of some hundred products, rounded at 6e-8 each, that are now other sums.
      assertLess(apart, 1e-4, "logits of the two, relative to the largest");
      assertGreater(moved, 0.1, "numbers on the stream must be others, relative to the largest");
    },
    mustFailOn: {
      "heads and MLPs that write in the old coordinates": {
        measure: (model: Model) => inOtherCoordinates(model, { writers: false }),
      },
    },
  });

  say`And what do the 768 numbers mean? By construction, nothing one by one. Let everything that
    writes to the stream and everything that reads from it change to other coordinates, each a
    mixture of all the old ones: no number on the stream is what it was, and the logits are the same
    ${mixed}. What can mean something is a direction, a mixture of coordinates: one part of the model
    writes along it, and a later part reads how much was written.`;

  caveat`That is exact where nothing singles coordinates out, and LayerNorm does a little, so the
    models asked have none ${mixed}. In practice training does single some out: large models have a
    few coordinates with unusually large numbers (${papers.privilegedBasis}).`;

  wouldChange`An activation between the embedding and the logits whose shape depends on how many words
    there are ${grown}.`;
});

/** How far the logits and the stream move when the stream is put into other coordinates. */
async function inOtherCoordinates(model: Model, { writers }: { writers: boolean }) {
  const rows = probes.drawTokens(model);
  const other = transformer.reflectedStream(model, { writers });
  const [a, b] = [
    await run(model, rows, { hooks: [STREAM] }),
    await run(other, rows, { hooks: [STREAM] }),
  ];
  const relative = (x: Tensor, y: Tensor) => maxDifference(x, y) / maxAbs(x);
  return { apart: relative(a.logits, b.logits), moved: relative(a.get(STREAM), b.get(STREAM)) };
}

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
  const millions = (g: Graph, hook: string) => sizeIn(g, hook) / 1e6;
  const sizes = Object.entries(DRAWN).filter(([hook]) => a.find(hook))
    .map(([hook, name]) => ({ name, once: millions(a, hook), twice: millions(b, hook) }));
  return { changed, changes: changed.length, ends, hidden, sizes };
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
