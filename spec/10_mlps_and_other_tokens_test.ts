import { assertEquals, assertGreater } from "@std/assert";
import {
  drawTokens,
  heatmap,
  influence,
  influenceByLayer,
  influences,
  leak,
  leakyMlp,
  limitedExperts,
  md,
  mixerMlp,
  type Model,
  needs,
  noCausalMask,
  normOverPositions,
  positionedMlp,
  question,
  reordering,
  sabotaged,
  selfOnlyHeads,
  summarize,
  type Tensor,
} from "../mod.ts";
import { gpt, spread, tiny } from "../fixtures/mod.ts";
import { mathematicalFramework, mixerPaper, switchTransformers } from "../fixtures/papers.ts";

const text = (model: Model) => drawTokens(model)[0];
const withMlp = { from: "hook_resid_mid", to: "hook_mlp_out" };

/** The sabotage that comes closest: a hundredth of what the MLP wrote one place to the left. */
const leaky = leakyMlp(0.01);

question("Why can't an MLP layer move information between tokens?", ({ claim }) => {
  // Zero means zero: where nothing came in, the same arithmetic runs on the same bits. And the
  // nudged position has to move, or all those zeros would mean nothing.
  const local = claim("An MLP's output at one position ignores what stands at every other", {
    id: "mlp-is-local",
    kind: "identity",
    on: [...spread({ mlp: true }), gpt],
    needs: needs.mlp,
    measure: async (model: Model) => {
      const matrices = await influenceByLayer(model, text(model), withMlp);
      return { ...summarize(...matrices), moved: grid(matrices[0]) };
    },
    check: ({ self, earlier, later }) => {
      assertEquals(Math.max(earlier, later), 0, "no other position may move");
      assertGreater(self, 0, "the nudged position itself must move");
    },
    mustFailOn: { "an MLP with a hundredth of its left neighbour": leaky },
    show: (runs) =>
      heatmap({
        title: "What an MLP's output feels",
        caption: "Each row is one experiment: the stream is nudged at one position before the " +
          "first MLP, and colour shows how far the MLP's output moved, position by position. In " +
          "the sound model only the diagonal lights up; the broken one has a second line beside it.",
        x: { label: "position read" },
        y: { label: "position nudged" },
        value: { label: "moved by" },
        rows: runs.filter(({ model }) => model === gpt.name).flatMap(({ evidence, control }) =>
          cells(evidence.moved, control ?? gpt.name)
        ),
      }),
  });

  // What is the same everywhere cannot know where it is: put the positions into another order
  // before the MLP, and its outputs come in that order, otherwise unchanged to the last bit.
  const alike = claim(
    "An MLP treats all positions alike: it commutes with any reordering of them",
    {
      id: "mlp-commutes",
      kind: "identity",
      on: [...spread({ mlp: true }), gpt],
      needs: needs.mlp,
      measure: (model: Model) => reordering(model, text(model), withMlp),
      check: ({ apart, moved }) => {
        assertEquals(apart, 0, "what goes in reordered must come out reordered, and no different");
        assertGreater(moved, 0, "the reordering must have changed something");
      },
      mustFailOn: {
        "an MLP with a bias for each position": positionedMlp(0.01),
        "an MLP with a hundredth of its left neighbour": leaky,
      },
    },
  );

  const rest = claim("Embedding, LayerNorm and unembedding are as local as an MLP", {
    id: "the-rest-is-local",
    kind: "identity",
    on: [...spread({ normalization: "LN" }), gpt],
    needs: needs.norm,
    measure: async (model: Model) => {
      const last = `blocks.${model.config.n_layers - 1}.hook_resid_post`;
      const [embedding, norm, unembedding] = await influences(model, text(model), [
        { from: "tokens", to: "hook_embed" },
        { from: "blocks.0.hook_resid_pre", to: "blocks.0.ln1.hook_normalized" },
        { from: last, to: "logits" },
      ]);
      return {
        embedding: summarize(embedding),
        norm: summarize(norm),
        unembedding: summarize(unembedding),
      };
    },
    check: (parts) => {
      for (const [part, { self, earlier, later }] of Object.entries(parts)) {
        assertEquals(Math.max(earlier, later), 0, `${part}: no other position may move`);
        assertGreater(self, 0, `${part}: the nudged position itself must move`);
      }
    },
    // One control for each part, or two of the three could leak unseen.
    mustFailOn: {
      "a leaky embedding": leak("hook_embed", "an embedding", 0.01),
      "LayerNorm over the whole text": normOverPositions,
      "a leaky unembedding": leak("logits", "an unembedding", 0.01),
    },
  });

  // Softmax gives no allowed place a weight of exactly zero, so each later position feels a nudge,
  // if only a little; the mask keeps every earlier one from feeling anything.
  const attention = claim("Attention does reach other positions, and only later ones", {
    id: "attention-reaches",
    kind: "identity",
    on: [...spread(), gpt],
    needs: needs.mask,
    measure: async (model: Model) => {
      const hooks = { from: "hook_resid_pre", to: "hook_attn_out" };
      const matrices = await influenceByLayer(model, text(model), hooks);
      return { ...summarize(...matrices), moved: grid(matrices[0]) };
    },
    check: ({ earlier, reach }) => {
      assertEquals(earlier, 0, "no earlier position may move");
      assertGreater(reach, 0, "every later position must move");
    },
    mustFailOn: {
      "heads that look only at themselves": selfOnlyHeads,
      "no causal mask": noCausalMask,
    },
    show: (runs) =>
      heatmap({
        title: "What attention's output feels",
        caption: "The same experiment before the first attention layer. Below the diagonal " +
          "everything is reached; above it, nothing is.",
        x: { label: "position read" },
        y: { label: "position nudged" },
        value: { label: "moved by" },
        rows: runs.filter(({ model, control }) => model === gpt.name && !control)
          .flatMap(({ evidence, model }) => cells(evidence.moved, model)),
      }),
  });

  const alone = claim(
    "Where every head looks only at itself, logits depend on their own token alone",
    {
      id: "without-attention",
      kind: "identity",
      on: sabotaged([...spread({ mlp: true }), gpt], selfOnlyHeads),
      measure: (model: Model) => probe(model, "tokens", "logits"),
      check: ({ self, earlier, later }) => {
        assertEquals(Math.max(earlier, later), 0, "no other position's logits may move");
        assertGreater(self, 0, "the edited position's own logits must move");
      },
      mustFailOn: {
        "the same models with attention as it was": { on: [...spread({ mlp: true }), gpt] },
        "an MLP with a hundredth of its left neighbour": leaky,
      },
    },
  );

  // So far this might be read as a fact about MLPs. It is a fact about how they are applied.
  const across = claim("An MLP laid across the positions does move information between them", {
    id: "mlp-across-positions",
    kind: "construction",
    on: sabotaged([tiny], mixerMlp),
    measure: (model: Model) => probeMlp(model),
    check: ({ reach, earlier }) => {
      assertGreater(reach, 0, "every later position must move");
      assertGreater(earlier, 0, "earlier ones too: nothing masks such an MLP");
    },
    mustFailOn: { "the same model with its MLP at each position": { on: [tiny] } },
  });

  const experts = claim("Experts that take only so many tokens make them compete for a place", {
    id: "limited-experts",
    kind: "construction",
    on: sabotaged([tiny], limitedExperts(2)),
    measure: (model: Model) => probeMlp(model),
    check: ({ later }) => assertGreater(later, 0, "some later token must win or lose its place"),
    // The same routing with room for everybody: it is the limit that couples the tokens.
    mustFailOn: {
      "experts with room for the whole text": { on: sabotaged([tiny], limitedExperts(99)) },
    },
  });

  return {
    notes: "open",
    standing: "answered here",
    answer: md`
      Because nothing but the position's own vector goes into it: an MLP is the same function,
      applied to each position alone ${alike}. When the stream was nudged at one position before
      an MLP, the output there moved by ${local.min((e) => e.self)} or more, and at every other
      position by ${local.max((e) => Math.max(e.earlier, e.later))}: not a little, but not at
      all.

      Embedding, LayerNorm and unembedding are just as local ${rest}. Attention is the one part
      that looks along the text: the same nudge before an attention layer was felt at every later
      position (in the trained model by ${attention.value(gpt, (e) => e.reach)} or more) and at
      earlier ones by ${attention.max((e) => e.earlier)}. So what ends up at a position came there
      through attention: once every head looks only at itself, editing a token changes no logits
      but its own ${alone}.

      What stops it is how it is applied, not that it is an MLP: laid across the positions, as in
      ${mixerPaper}, an MLP moves information both ways ${across}. And where experts take only so many tokens, as in
      ${switchTransformers}, one token can cost a later one its place ${experts}.
    `,
    wouldChange: md`
      One sound transformer in which a nudge at one position, right before an MLP, moves that MLP's
      output at any other position by anything but zero. The sabotage that comes closest adds a
      hundredth of the left neighbour's output; on the trained model it was seen as a movement of
      ${
      local.value(gpt, (e) => e.later, { control: "an MLP with a hundredth of its left neighbour" })
    }.
    `,
    sources: [mathematicalFramework, mixerPaper, switchTransformers],
  };
});

async function probe(model: Model, from: string, to: string) {
  return summarize(await influence(model, text(model), { from, to }));
}

/** A nudge large enough to send a token to the other expert. */
async function probeMlp(model: Model) {
  return summarize(...await influenceByLayer(model, text(model), { ...withMlp, size: 10 }));
}

/** A matrix as rows of numbers, for evidence. */
function grid(matrix: Tensor): number[][] {
  return matrix.toNested() as number[][];
}

function cells(moved: readonly (readonly number[])[], series: string) {
  return moved.flatMap((row, y) => row.map((value, x) => ({ x, y, value, series })));
}
