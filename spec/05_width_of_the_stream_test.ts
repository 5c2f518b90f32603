import { assertEquals } from "@std/assert";
import { type Model, needs, question, run } from "../mod.ts";
import * as transformer from "../lib/model/mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import { breaks } from "./05_width_of_the_stream/breaks.ts";
import * as drawn from "./05_width_of_the_stream/pictures.ts";
import * as measure from "./05_width_of_the_stream/mod.ts";

const { small } = measure;

question("GPT-2 small's stream is 768 wide: is it a 768 x 50,000 tensor?", {
  notes: "No; tokens are embedded into one vector for each position, and the vocabulary is not " +
    "seen again until the end.",
  standing: "confirmed",
  lit: ["embedding", "stream", "unembedding"],
  sources: [papers.gpt2, papers.mathematicalFramework],
}, ({ short, say, aside, caveat, claim, wouldChange, tryBreaking }) => {
  short`No. The stream is one vector of 768 numbers for each token of the text. The vocabulary
    appears at the two ends only: each token's first vector comes from a table (GPT-2 adds one for
    its position), and a matrix turns each last vector into a score for every token of the
    vocabulary.`;

  // Where no other axis is as long as the vocabulary, one of that length counts its tokens.
  const axes = claim(
    "The stream is [batch, pos, d_model]; only the logits have an axis for the vocabulary",
    {
      id: "no-axis-of-words",
      kind: "identity",
      on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
      needs: ({ d_vocab, n_heads, n_key_value_heads, d_head, d_mlp, d_model }) =>
        [2, 3, n_heads, n_key_value_heads, d_head, d_mlp, d_model].includes(d_vocab)
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
        const words = withWords.length;
        return { stream: [...shapes], activations: stream.length, d_model, withWords, words };
      },
      bounds: {
        words: { equals: 1, what: "activations with an axis as long as the vocabulary" },
      },
      check: ({ stream, d_model, withWords }) => {
        assertEquals(stream, [`2,3,${d_model}`], "two texts, three tokens, one vector for each");
        assertEquals(withWords, ["logits"], "the one that has it");
      },
      mustFailOn: {
        // Filled up with zeros it computes what it did: only the shapes can tell.
        "a stream as wide as the vocabulary": {
          sabotage: sabotages.streamAsWideAsTheVocabulary,
          on: [models.tiny],
        },
      },
    },
  );

  say`The residual stream is where all layers of a transformer meet: each reads it and adds what it
    has found. At any moment it holds one vector for each token of the text, at most as many as the
    context window has places. Several texts can be run at once, as a batch. So the stream is a
    tensor of three axes: the text in the batch, the position in the text, the number in the
    vector. None of the three counts the vocabulary ${axes}. Which token stands at a position is
    told by the numbers of its vector.`;

  // An axis could have that length by chance, so the other way round: which shapes change with it?
  const grown = claim(
    "A larger vocabulary changes the shape of both ends, and of nothing between",
    {
      id: "only-the-ends-grow",
      kind: "identity",
      on: [...models.randomFamilies(), ...models.oneOfEachWiring, small],
      measure: (model: models.WithoutWeights) => measure.withTwiceTheWords(model),
      bounds: {
        hidden: { equals: 0, what: "operations between the ends whose shape is not, with no name" },
      },
      check: ({ changed, ends }) => assertEquals(changed, ends, "shapes that are not as they were"),
      mustFailOn: {
        "an MLP with a neuron for each token of the vocabulary": {
          on: [models.tiny, small],
          needs: needs.mlp,
          measure: (model) => measure.withTwiceTheWords(model, (c) => ({ ...c, d_mlp: c.d_vocab })),
        },
        "a detour through the vocabulary inside a block": {
          sabotage: sabotages.throughTheVocabulary,
          on: [models.tiny, models.trainedModel("learned/1")],
        },
        "a stream as wide as the vocabulary": {
          on: [models.tiny, small],
          measure: (model) =>
            measure.withTwiceTheWords(model, (c) => ({ ...c, d_model: c.d_vocab })),
        },
      },
      show: drawn.ends,
    },
  );

  say`Does anything inside depend on how large the vocabulary is? Work out all shapes of GPT-2 small
    again for a vocabulary twice as large: ${grown.value(small, "changes")} of them change, that of
    the table, which GPT-2 uses at both ends, and that of the scores, the logits ${grown}.`;

  // Zeros times anything finite, and one times the row: sums without rounding, so exactly equal.
  // Every token is fed, or a row that is wrong could hide; of a vocabulary of thousands a part is.
  const lookup = claim("Looking a row up equals multiplying a one-hot vector by W_E", {
    id: "lookup-is-a-product",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
    measure: (model: Model) => probes.oneHotLookup(model),
    bounds: { apart: { equals: 0, what: "the row that was looked up, less the product" } },
    check: ({ tokens, d_vocab }) =>
      assertEquals(tokens, Math.min(d_vocab, probes.MOST_LOOKED_UP), "every token is looked up"),
    mustFailOn: {
      "a lookup wrong for one token": {
        sabotage: sabotages.neighbouringRow(7),
        on: [models.tiny, models.trainedModel("learned/1")],
      },
    },
  });

  say`There is a tensor of 768 by about 50,000 numbers, and it is easily mistaken for the stream:
    the embedding, \`W_E\`, a table with a row for each token of the vocabulary. It is a parameter,
    learned once and the same for every text. Each token of a text picks out its row. That is the
    same as to multiply a one-hot vector, a one at the token's place and zeros elsewhere, by the
    table ${lookup}. Such a vector is as long as the vocabulary, but it comes before the stream,
    which starts as that row plus, in GPT-2, a vector for the position.`;

  const count = claim("GPT-2 small's sizes count to 124,439,808 parameters", {
    id: "published-count",
    kind: "identity",
    on: [small],
    needs: measure.asSmall,
    measure: measure.counted,
    bounds: {
      "parameters.total": { equals: 124_439_808, what: "what the config implies" },
      stream: { equals: 1024 * 768, what: "numbers on the stream of a full window" },
    },
    check: ({ parameters, inGraph, largest }) => {
      assertEquals(inGraph, parameters.total, "what the graph has to be fed");
      assertEquals(largest, "logits", "the largest activation");
    },
    mustFailOn: {
      "an unembedding of its own": {
        on: [
          models.withoutWeights("GPT-2 small, untied", { ...transformer.gpt2Small, tied: false }),
        ],
        needs: false,
      },
      "one position less": {
        on: [
          models.withoutWeights("GPT-2 small, shorter", { ...transformer.gpt2Small, n_ctx: 1023 }),
        ],
        needs: false,
      },
    },
    show: drawn.parts,
  });

  aside`The sizes that OpenAI gives for GPT-2 small count to
    ${count.value(small, "parameters.total")} parameters, of which the embedding has
    ${count.value(small, "parameters.embed")} ${count}. The total is what ${papers.llmC} prints for
    the weights that were released. ${papers.gpt2} gives a smaller total, which its authors have
    since called an error (${papers.gpt2Code}). GPT-2 uses the embedding at both ends. Models that
    have an unembedding of their own have a second such matrix ${count}.`;

  const mixed = claim("With its stream in other coordinates, a model computes the same logits", {
    id: "coordinates-mean-nothing",
    kind: "identity",
    on: models.randomFamilies({
      normalization: "none",
      positions: ["learned", "rotary", "alibi", "none"],
    }),
    measure: (model: Model) => measure.inOtherCoordinates(model, { writers: true }),
    bounds: {
      // Sums of some hundred products, rounded at 6e-8 each, that are now other sums.
      apart: { below: 1e-4, what: "logits of the two, relative to the largest" },
      moved: { above: 0.1, what: "numbers on the stream must be others, relative to the largest" },
    },
    mustFailOn: {
      "heads and MLPs that write in the old coordinates": {
        measure: (model: Model) => measure.inOtherCoordinates(model, { writers: false }),
      },
    },
  });

  say`And what do the 768 numbers mean? By construction, nothing one by one. Choose other
    coordinates for the stream, each a mixture of all the old ones, and let all that writes to the
    stream and all that reads from it use them: the numbers on the stream change, and the logits do
    not ${mixed}. What can mean something is a direction, a mixture of coordinates: one part of the
    model writes along it, and a later part reads how much was written.`;

  aside`That is exact only where nothing singles coordinates out, so the models asked have no
    LayerNorm ${mixed}. LayerNorm singles them out a little. It has a gain for each coordinate,
    which can be folded into the matrices that read next; and it takes away the mean of all
    coordinates, which is one direction of the stream.`;

  caveat`In practice training does single some coordinates out: large models have a few with
    unusually large numbers (${papers.privilegedBasis}).`;

  wouldChange`An activation between the embedding and the logits whose shape depends on the size of
    the vocabulary ${grown}.`;

  breaks({ tryBreaking }, { axes, grown, lookup, mixed });
});
