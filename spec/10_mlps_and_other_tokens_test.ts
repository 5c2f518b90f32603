import { type Model, needs, question, sabotaged } from "../mod.ts";
import * as probes from "../lib/circuits/mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import { breaks } from "./10_mlps_and_other_tokens/breaks.ts";
import * as drawn from "./10_mlps_and_other_tokens/pictures.ts";
import { throughAttention } from "./10_mlps_and_other_tokens/reach.ts";
import { leaky, victims } from "./10_mlps_and_other_tokens/subjects.ts";

/** Right before each MLP, and what comes out of it. */
const THROUGH_MLP: probes.Pair = { from: "hook_resid_mid", to: "hook_mlp_out" };

/** What the last LayerNorm gives to the unembedding. */
const LAST_NORM = "ln_final.hook_normalized";

question("Why can't an MLP layer move information between tokens?", {
  notes: "open",
  standing: "answered here",
  lit: ["mlp"],
  sources: [papers.mathematicalFramework],
}, ({ short, say, aside, caveat, claim, wouldChange, tryBreaking }) => {
  short`Because nothing but the position's own vector goes into it: an MLP is the same function,
    applied at every position alone. Attention is the only part that looks along the text.`;

  // Zero means zero: where nothing came in, the same arithmetic runs on the same bits. And the
  // nudged position has to move, or all those zeros would mean nothing.
  const local = claim("An MLP's output at one position ignores what stands at every other", {
    id: "mlp-is-local",
    kind: "identity",
    on: [...models.randomFamilies({ mlp: true }), ...models.oneOfEachWiring],
    needs: needs.mlp,
    measure: (model: Model) =>
      probes.probeInfluence(model, probes.pairsInEachBlock(model, THROUGH_MLP)),
    bounds: {
      earlier: { equals: 0, what: "no other position may move" },
      later: { equals: 0, what: "no other position may move" },
      self: { above: 0, what: "the nudged position itself must move" },
    },
    mustFailOn: {
      "a leaky MLP": { on: leaky },
      "a nudge of nothing": {
        on: [models.tiny],
        measure: (model) =>
          probes.probeInfluence(model, probes.pairsInEachBlock(model, THROUGH_MLP), { size: 0 }),
      },
    },
    show: drawn.local,
  });

  say`Think of an MLP as a function that takes one vector and gives one back. A text of ten tokens
    calls it ten times, once for each position, and no call knows of the others. So nudge the
    residual stream, the vector that runs through all layers, at one position just before an MLP:
    its output there moves, and its output at every other position moves by ${local.max("later")}.
    Not by a little: not at all.`;

  // What is the same everywhere cannot know where it is: put the positions into another order
  // before the MLP, and its outputs come in that order, otherwise unchanged to the last bit.
  const alike = claim(
    "An MLP treats all positions alike: it commutes with any reordering of them",
    {
      id: "mlp-commutes",
      kind: "identity",
      on: [...models.randomFamilies({ mlp: true }), ...models.oneOfEachWiring],
      needs: needs.mlp,
      measure: (model: Model) =>
        probes.permutationEquivariance(model, wholeWindow(model), THROUGH_MLP),
      bounds: {
        apart: { equals: 0, what: "what goes in reordered must come out reordered" },
        moved: { above: 0, what: "the reordering must have changed something" },
      },
      mustFailOn: {
        "an MLP with a bias for each position": {
          sabotage: sabotages.positionedMlp(0.01),
          on: victims,
        },
        "the order that it had": {
          on: [models.tiny],
          measure: (model) => {
            const text = wholeWindow(model);
            return probes.permutationEquivariance(model, text, THROUGH_MLP, [...text.keys()]);
          },
        },
      },
    },
  );

  say`It is the same function at every position, too: shuffle the vectors before an MLP, and what
    comes out is shuffled in the same way and otherwise unchanged ${alike}. Only the vector itself
    can tell an MLP where in the text it stands: learned and sinusoidal positions are added to it,
    and so an MLP may act on them.`;

  // In a long text a weight may be too small to show in 32 bits, so not every later position has
  // to feel a nudge. But if none did, nothing would have been moved.
  const attention = claim("Attention does reach other positions, and only later ones", {
    id: "attention-reaches",
    kind: "identity",
    on: [...models.randomFamilies(), ...models.oneOfEachWiring],
    needs: needs.mask,
    measure: throughAttention,
    bounds: {
      earlier: { equals: 0, what: "no earlier position may move" },
      reach: { above: 0, what: "each nudge must move some later position" },
    },
    mustFailOn: {
      "heads that look only at themselves": {
        sabotage: sabotages.selfOnlyHeads,
        on: [models.tiny],
      },
      "no causal mask": { sabotage: sabotages.noCausalMask, on: victims },
      "a mask that opens halfway": { sabotage: sabotages.maskOpensHalfway, on: [models.tiny] },
    },
    show: drawn.reaching,
  });

  const alone = claim(
    "Where every position attends only to itself, its logits depend on its token alone",
    {
      id: "without-attention",
      kind: "identity",
      on: sabotaged(
        [...models.randomFamilies({ mlp: true }), ...models.oneOfEachWiring],
        sabotages.selfOnlyHeads,
      ),
      measure: (model: Model) => probes.probeInfluence(model, [{ from: "tokens", to: "logits" }]),
      bounds: {
        earlier: { equals: 0, what: "no other position's logits may move" },
        later: { equals: 0, what: "no other position's logits may move" },
        self: { above: 0, what: "the edited position's own logits must move" },
      },
      mustFailOn: {
        "models with attention as it was": { on: victims },
        "a leaky MLP": { sabotage: sabotages.selfOnlyHeads, on: leaky },
      },
    },
  );

  say`Attention is what looks along the text. The same nudge before an attention layer moves its
    output at later positions as well, and never at earlier ones: the causal mask keeps each
    position from seeing what comes after it ${attention}. Does anything else carry information
    from token to token? Make every position attend only to itself: now editing a token changes the
    logits, the scores of the next token, at its own position and nowhere else ${alone}. So it was
    attention that moved all there was to move. An MLP then works on what attention has brought.`;

  const rest = claim("Embedding, LayerNorm and unembedding are as local as an MLP", {
    id: "the-rest-is-local",
    kind: "identity",
    on: [...models.randomFamilies({ mlp: true }), ...models.oneOfEachWiring],
    needs: (config) => needs.attention(config) ?? needs.norm(config),
    measure: (model: Model) =>
      probes.probeInfluence(model, [
        { from: "tokens", to: "blocks.0.hook_resid_pre" },
        ...norms(model),
        { from: LAST_NORM, to: "logits" },
      ]),
    bounds: {
      earlier: { equals: 0, what: "no other position may move" },
      later: { equals: 0, what: "no other position may move" },
      self: { above: 0, what: "the nudged position itself must move" },
    },
    // One control for each part, or two of the three could leak unseen.
    mustFailOn: {
      "a leaky embedding": {
        sabotage: sabotages.tokenShift("hook_embed", "an embedding", 0.01),
        on: [models.tiny],
      },
      "LayerNorm over the whole text": {
        sabotage: sabotages.normOverPositions,
        on: [models.tiny],
      },
      "a leaky unembedding": {
        sabotage: sabotages.tokenShift("logits", "an unembedding", 0.01),
        on: [models.tiny],
      },
    },
  });

  aside`Embedding, LayerNorm and unembedding are applied at each position alone, too ${rest}. Of
    all parts of a transformer only attention reads from several positions.`;

  // So far this might be read as a fact about MLPs. It is a fact about how they are applied.
  const across = claim("An MLP laid across the positions does move information between them", {
    id: "mlp-across-positions",
    kind: "construction",
    on: sabotaged([models.tiny], sabotages.mixerMlp),
    measure: (model: Model) =>
      probes.probeInfluence(model, probes.pairsInEachBlock(model, THROUGH_MLP)),
    bounds: {
      reach: { above: 0, what: "each nudge must move a later position" },
      earlier: { above: 0, what: "and some an earlier one: nothing masks such an MLP" },
    },
    mustFailOn: { "the same model with its MLP at each position": { on: [models.tiny] } },
  });

  const experts = claim(
    "Of experts that serve few tokens each, what one token gets depends on others",
    {
      id: "limited-experts",
      kind: "construction",
      on: sabotaged([models.tiny], sabotages.limitedExperts(2)),
      // A nudge large enough to send a token to the other expert.
      measure: (model: Model) =>
        probes.probeInfluence(model, probes.pairsInEachBlock(model, THROUGH_MLP), { size: 10 }),
      bounds: { later: { above: 0, what: "some later token must win or lose a place" } },
      // The same routing with room for everybody: it is the limit that couples the tokens.
      mustFailOn: {
        "experts with room for the whole text": {
          sabotage: sabotages.limitedExperts(99),
          on: [models.tiny],
        },
      },
    },
  );

  caveat`What stops an MLP is how it is applied, not that it is an MLP. Laid across the positions
    instead of along each vector, as in ${papers.mixerPaper}, it moves information forwards and
    backwards ${across}. And where an MLP is split into experts that each serve a limited number of
    tokens, as in ${papers.switchTransformers}, a token can lose its place in an expert to another
    token; then what it gets depends on the others ${experts}.`;

  wouldChange`One sound transformer, without experts, in which a nudge at one position, right before
    an MLP, moves that MLP's output at any other position by anything but zero ${local}.`;

  breaks({ tryBreaking }, { local, alike, alone, attention, rest });
});

function wholeWindow(model: Model): number[] {
  return probes.drawTokens(model, { length: model.config.n_ctx })[0];
}

/** The LayerNorms of the first block and the last of all, from the streams that they read. */
function norms({ config: { n_layers, attn_only } }: Model): probes.Pair[] {
  const first = { from: "blocks.0.hook_resid_pre", to: "blocks.0.ln1.hook_normalized" };
  const second = { from: "blocks.0.hook_resid_mid", to: "blocks.0.ln2.hook_normalized" };
  const last = { from: `blocks.${n_layers - 1}.hook_resid_post`, to: LAST_NORM };
  return attn_only ? [first, last] : [first, second, last];
}
