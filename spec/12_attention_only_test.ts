import { assertGreater, assertLess } from "@std/assert";
import { question } from "../mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import { breaks } from "./12_attention_only/breaks.ts";
import * as draw from "./12_attention_only/pictures.ts";
import { guesses, heads, parts } from "./12_attention_only/mod.ts";
import * as subjects from "./12_attention_only/subjects.ts";

const { full, none, one, two, untaughtNone, untaught, byDistance } = subjects;
/** In nats: a right guess three times in five. Who knows the sequence's tokens alone has three. */
const GOES_ON = 0.5;
const PERCENT = { percent: true, digits: 0 };

question("Does an attention-only model have no MLP layers at all?", {
  notes: "open",
  standing: "answered here",
  lit: ["embedding", "attention", "norm", "unembedding"],
  attn_only: true,
}, ({ short, say, aside, caveat, part, claim, wouldChange, tryBreaking }) => {
  short`Yes: embedding, attention, unembedding and usually LayerNorm, and no MLP anywhere. They are
    studied because they can be taken apart exactly, with attention and LayerNorm's scales held
    fixed, and because two layers are enough to learn to continue a repetition.`;

  const absent = claim("It has no parameter, no hook and no operation of an MLP", {
    id: "no-mlp-anywhere",
    kind: "identity",
    on: [...models.randomFamilies({ mlp: false }), ...none, ...one, ...two],
    measure: parts.partsOf,
    bounds: { more: { equals: 0, what: "parameters, hooks and operations that are not its own" } },
    mustFailOn: {
      "transformers with MLPs": { on: full },
      "MLPs that write zeros": { sabotage: sabotages.zeroedMlps(), on: [models.tiny] },
      "an MLP hidden in the graph": sabotages.hiddenMlp,
      "a bilinear MLP hidden in the graph": sabotages.hiddenBilinearMlp,
    },
  });

  const zeroed = claim("It is a transformer whose MLPs write zeros, bit for bit", {
    id: "mlps-of-zero",
    kind: "identity",
    ...subjects.ofMlps,
    measure: parts.silenced(),
    bounds: { apart: { equals: 0, what: "the most by which any logit differs" } },
    mustFailOn: { "one MLP left in": { on: full, measure: parts.silenced(0) } },
  });

  const linear = claim("With patterns and LayerNorm's scales held, all that is left is linear", {
    id: "linear-when-held",
    kind: "identity",
    ...subjects.heldStill,
    measure: parts.linearity(true),
    bounds: { fromLinear: { below: 1e-5, what: "rounding, beside the movement itself" } },
    mustFailOn: {
      "transformers with MLPs": { on: full },
      "an MLP hidden in the graph": { sabotage: sabotages.hiddenMlp, on: [two[0]] },
      "patterns and scales let go": { on: [one[0], two[0]], measure: parts.linearity(false) },
    },
  });
  say`An attention-only model has no parameter of an MLP and no operation of one ${absent}. Take an
    ordinary transformer. Replace the MLPs' output by zeros, or take the MLPs out: both ways give
    the same logits (scores of the next token): they differ by ${zeroed.max("apart")} ${zeroed}.`;
  say`Why would anybody want one? To take it apart. Each head has a pattern, which says where it
    looks; LayerNorm divides by a scale. Keep both as one text has made them, and all else in the
    model is sums, and products with fixed numbers ${linear}. So the logits are a sum, with no
    remainder, of what each head and each chain of heads has added, what comes past all heads, and
    what biases add; an MLP in between would leave a part that cannot be split so
    (${papers.mathematicalFramework}). Why heads look where they look is a question of its own.`;

  part("What can they do?");
  short`With no layer, say what tends to follow the present token. With one, also look back; but a
    key tells only of the token at its own place, not of the one before. With two, find what
    followed an earlier copy of the present token.`;

  const own = claim("Before any attention, a position knows of its own token and no other", {
    id: "first-layer-knows-one-token",
    kind: "identity",
    ...subjects.beforeLayers,
    measure: parts.whoIsKnown("before attention"),
    bounds: {
      earlier: { equals: 0, what: "moves before an edited token" },
      later: { equals: 0, what: "moves after it" },
      self: { above: 0, what: "moves where it was edited" },
    },
    mustFailOn: {
      "after one layer": { ...subjects.layered, measure: parts.whoIsKnown("after a layer") },
      "a leaky embedding": { on: subjects.leaky },
    },
  });

  const pairs = claim("Without layers, a model is about as good as a bigram table", {
    id: "close-to-the-bigram",
    kind: "empirical",
    on: subjects.carded,
    measure: guesses.besideBigrams(),
    check: ({ loss, error, table, chance, oneLayer }) => {
      const close = 0.1 * (chance - table); // of what the table gains on knowing nothing
      assertLess(3 * error, close, "three standard errors of the measured loss");
      assertLess(Math.abs(loss - table), close, "nats from the table");
      assertLess(loss, oneLayer, "nats: here one layer is no better");
    },
    mustFailOn: {
      "untrained weights": { on: [subjects.inPlace(untaughtNone)] },
      "two layers": { on: [subjects.inPlace(two[0])] },
      "tokens in another order": { measure: guesses.besideBigrams("another order") },
    },
  });
  say`With no layer nothing moves between tokens: the logits depend on the present token and its
    place alone ${own}. What can be learned is a bigram table: which token tends to follow which. On
    new prose the loss of our two models without layers is at most ${pairs.max("loss")} nats; that
    of such a table, counted on their training texts, at most ${pairs.max("table")}; that of blind
    guessing, ${pairs.mean("chance")} ${pairs}.`;

  const byHand = claim("Built by hand, two layers are enough, or one with smeared keys", {
    id: "two-heads-suffice",
    kind: "construction",
    on: [models.inductionByHand, ...subjects.smeared],
    measure: guesses.ofLength(5, 17),
    bounds: { loss: { below: 1e-9, what: "nats where a sequence is said again" } },
    mustFailOn: {
      "without its first head": sabotages.withoutHeads([{ layer: 0, head: 0 }]),
      "a layer that goes by distance, or by its own token": { on: subjects.oneLayerByHand },
    },
  });
  say`With one layer a head can look back. What a position offers it, key and value, depends on the
    token there and its place alone ${own}. So one layer can learn: where A stood before and B
    stands here, C is likely. That is a skip-trigram. To repeat a sequence, a head at B must find
    what followed B last time. A key that says "B stood before me" would do. One layer has none:
    a key tells only of its own token. Nothing else is missing: mix into each key the token before
    ("smeared keys", ${papers.inductionHeads}), and a single layer, built by hand, repeats sequences
    of five to seventeen distinct tokens ${byHand}.`;

  const bag = claim("One layer knows a little of which tokens come, and not in which order", {
    id: "one-layer-knows-the-bag",
    kind: "empirical",
    ...subjects.oneLayer,
    measure: guesses.everyLength,
    bounds: {
      known: { below: 4 / 37, what: "which is next: four heads, each right at one length of all" },
    },
    check: ({ inBlock, inBlockByChance }) =>
      assertGreater(inBlock, 2 * inBlockByChance, "a little: twice what they have by chance"),
    units: { inBlock: PERCENT, known: { digits: 3 } },
    mustFailOn: {
      "no layer, or untrained": { ...subjects.noLayer, measure: guesses.goesOn },
      "two layers": { on: [two[0]], needs: false },
      "a length that suits it": { measure: guesses.ofLength(36, 36) },
      "built for one length": { on: [byDistance], measure: guesses.ofLength(12, 12) },
      "too sure, right half of the time": { on: [byDistance], measure: guesses.ofLength(12, 13) },
    },
    show: draw.known,
  });

  const continued = claim("Two layers without an MLP repeat a sequence that is said again", {
    id: "two-layers-continue",
    kind: "empirical",
    ...subjects.twoLayers,
    measure: guesses.goesOn,
    bounds: { loss: { below: GOES_ON, what: "nats where a sequence is said again" } },
    mustFailOn: {
      "fewer layers, or untrained": subjects.fewer,
      "tokens in another order": { on: [two[0]], measure: guesses.inAnotherOrder },
    },
    show: draw.again,
  });
  say`We trained models on prose and on random sequences of distinct tokens, each said again and
    again; lengths differ, so no fixed distance leads to the token to repeat. One layer learns a
    little of which tokens a sequence has: it gives them at least ${bag.min("inBlock")} of the
    probability, over twice what chance would. Which comes next it hardly knows. On a scale from
    zero (guesses evenly among them) to one (always knows), it scores at most ${bag.max("known")}
    over all lengths ${bag}. With two layers, the loss where the sequence is said again is at most
    ${continued.max("loss")} nats ${continued}.`;
  const suited = bag.max("known", { control: "a length that suits it" });
  aside`Lengths must vary for this. Where all are the same, a head can look a fixed distance back,
    and needs no second layer. On sequences of three dozen tokens, a length that suits the distances
    at which their heads look, our one-layer models score up to ${suited} ${bag}.`;
  caveat`Our one-layer models are poor: on new prose, no better than those without layers ${pairs}.
    On sequences said again their loss is at least ${bag.min("loss")} nats, where knowing just which
    tokens come costs ${bag.mean("evenly")} ${bag}. We did not look for skip-trigrams. Nor does this
    show that one layer never can. By a theorem it must be exponentially larger than two on long
    texts (${papers.oneLayerFails}); of texts this short it forbids nothing.`;

  part("How do two layers do it?");
  short`By a chain: a head in the first layer notes at each token which token stood before.
    Induction heads in the second find the note that names the present token, and predict the token
    there. One of each can do it. Our trained models also need a first-layer head that looks at its
    own token.`;

  const found = claim("In training a previous-token head and induction heads form", {
    id: "who-looks-where",
    kind: "empirical",
    ...subjects.twoOfAny,
    measure: heads.circuit(),
    bounds: {
      behind: { above: 0.5, what: "share of a second-layer head on what followed earlier: most" },
    },
    check: ({ back, alike }) =>
      assertGreater(back, 5 * alike.back, "attention of a first-layer head to the token before"),
    units: { back: PERCENT },
    atScale: [papers.inductionHeads],
    mustFailOn: {
      "untrained, or of one layer": { on: [untaught, one[0]], needs: false },
      "asked for copies themselves": { on: [two[0]], measure: heads.circuit(heads.atCopies) },
    },
    show: (runs) => [draw.overSentence, draw.shares].flatMap((show) => show(runs)),
  });
  say`What comes after "nothing was to be seen, and nothing was to"? In the first layer, a
    previous-token head looks from each token at the one before, and notes in the stream which it
    was: at "be" the note says "to". In the second layer keys are made from the stream, so the key
    of "be" can say: right before me is "to". At the last "to", the query of an induction head asks:
    which token has "to" right before it? The key of "be" fits; the head looks there, reads "be",
    and makes "be" likely next. With only these two heads, a model built by hand repeats sequences
    of distinct tokens ${byHand}.`;

  const asked = claim("A third kind is needed, in the queries, and three kinds go on alone", {
    id: "own-token-by-queries",
    kind: "empirical",
    ...subjects.twoOfAny,
    measure: heads.without("least back", "Q"),
    bounds: {
      threeKinds: { below: GOES_ON, what: "nats with heads of three kinds alone" },
      everywhere: { above: GOES_ON, what: "without it, and in the queries alone" },
      alone: { above: GOES_ON, what: "without it, and in the queries alone" },
    },
    units: { onItself: PERCENT, times: { digits: 0 } },
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "taken from the keys": { measure: heads.without("least back", "K") },
      "a head that looks neither back nor at itself": heads.bystander("Q"),
    },
    show: draw.ownMissed,
  });
  say`Training finds both kinds. On sequences said again, a first-layer head gives at least
    ${found.min("back")} of its attention to the token before, and second-layer heads most of theirs
    to what followed earlier copies ${found}. They also need another first-layer head, which gives
    its own token (or earlier copies) at least ${asked.min("onItself")} of its attention. The second
    layer's queries need what it writes. Without this head the loss is at least
    ${asked.min("everywhere")} nats, although the stream already holds the token itself; why the
    copy is needed, we did not find out. With these three kinds alone, the models still continue the
    sequence, at many times the loss ${asked}.`;

  const composed = claim("By their keys, induction heads read the previous-token head", {
    id: "read-by-keys",
    kind: "empirical",
    ...subjects.twoOfAny,
    measure: heads.meetings("K"),
    check: ({ met, chance }) => assertGreater(met, chance, "the least; the most turned at random"),
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "by their queries instead": { measure: heads.meetings("Q") },
      "what another head writes": { measure: heads.meetings("K", "least back") },
    },
    show: draw.meetings,
  });

  const missed = claim("Without the previous-token head in their keys, the copying ends", {
    id: "ablation-ends-it",
    kind: "empirical",
    ...subjects.twoOfAny,
    measure: heads.without("previous", "K"),
    bounds: { before: { below: GOES_ON, what: "nats with all heads" } },
    check: ({ everywhere, alone, evenly }) =>
      assertGreater(Math.min(everywhere, alone), evenly, "nats of guessing evenly in the sequence"),
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "taken from the queries": { measure: heads.without("previous", "Q") },
      "taken from the values": { measure: heads.without("previous", "V") },
      "a head that looks neither back nor at itself": heads.bystander("K"),
    },
    show: draw.previousMissed,
  });
  say`Do keys read the note? This is K-composition: one head's keys are made in part from what
    another wrote. A score says how strongly an induction head, by its keys, picks up the directions
    that the previous-token head writes in (zero: not at all). It is at least
    ${composed.min("met")}; had that head written in random directions, at most
    ${composed.max("chance")} ${composed}. Remove what the previous-token head writes from the
    second layer's keys only (as in ${papers.interpretabilityInTheWild}): the loss jumps from at
    most ${missed.max("before")} to ${missed.min("alone")} nats or more. From queries or values
    only: at most ${missed.max("elsewhere")} ${missed}.`;
  aside`The three kinds are six of eight heads in the first model, five in the second. Alone they
    have ${asked.value(two[0], "times")} and ${asked.value(two[1], "times")} times the loss of all
    heads. Take what the own-token head writes from the values alone, and the loss rises from
    ${asked.value(two[0], "before")} to ${asked.value(two[0], "fromValues")} in the first model,
    from ${asked.value(two[1], "before")} to ${asked.value(two[1], "fromValues")} in the second. As
    a control, chosen late, we took out the first-layer head that looks least at either token
    ${asked}. Of eleven small models of others (read with this code; not in these runs), eight have
    a previous-token head, none an induction head; all those of two layers or more in
    ${papers.inductionHeads} have some, which let models learn from context: shown by ablation in
    small attention-only ones, by correlation in larger ones.`;
  caveat`These models are small, and read mostly repetition. Large models have induction heads:
    without them, two models of billions of parameters lose much of what they learn from examples in
    their context (${papers.essentialInduction}).`;

  wouldChange`An attention-only model whose logits differ in any bit from those of a transformer
    with silent MLPs ${zeroed}; one layer of this size that knows what comes next at all lengths
    ${bag}; two layers that still continue when their keys lack the previous token ${missed}.`;

  breaks({ tryBreaking }, { absent, linear, own, byHand });
});
