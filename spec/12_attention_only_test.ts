import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Model, question } from "../mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import * as draw from "./12_attention_only/pictures.ts";
import * as guesses from "./12_attention_only/guesses.ts";
import * as heads from "./12_attention_only/heads.ts";
import * as parts from "./12_attention_only/parts.ts";
import * as subjects from "./12_attention_only/subjects.ts";

const { none, one, two, untaughtOne, untaught, withMlps } = subjects;

/**
 * Who loses less than this, in nats, goes on with a block: half a nat is a right guess three times in
 * five, and knowing only which tokens the block has leaves more than three.
 */
const GOES_ON = 0.5;

const NATS = { digits: 2, unit: "nats" };
const PERCENT = { percent: true, digits: 0 };
const ONE_LENGTH = { control: "blocks of one length that suits its distances" };
const FROM_VALUES = { control: "taken from the values instead" };
const BYSTANDER = "the head of its layer that looks least one back or at itself";

question("Does an attention-only model have no MLP layers at all?", {
  notes: "open",
  standing: "answered here",
  lit: ["embedding", "attention", "norm", "unembedding"],
  sources: [papers.mathematicalFramework, papers.inductionHeads, papers.interpretabilityInTheWild],
}, ({ short, say, aside, caveat, part, claim, refuted, wouldChange }) => {
  short`Yes: embedding, attention, unembedding and usually LayerNorm, and no MLP anywhere. They
    are studied because they can be taken apart exactly, and because two layers are enough to learn
    to continue a repetition.`;

  const absent = claim("It has no parameter, no hook and no operation of an MLP", {
    id: "no-mlp-anywhere",
    kind: "identity",
    on: [...models.randomFamilies({ mlp: false }), ...none, ...one, ...two],
    measure: parts.partsOf,
    check: ({ strange, hooks, bends, due }) => {
      assertEquals(strange, [], "parameters of other parts");
      assertEquals(hooks, [], "names of an MLP's parts in the graph");
      assertEquals(bends, due, "operations that are not linear; the others' own are due");
    },
    mustFailOn: {
      "transformers with MLPs": { on: [models.tiny, withMlps[0]] },
      "MLPs that are there and write zeros": {
        sabotage: sabotages.zeroedMlps(),
        on: [models.tiny],
      },
      "an MLP hidden in the graph": sabotages.hiddenMlp,
      // It multiplies, as LayerNorm does too: only how often that is done tells.
      "a bilinear MLP hidden in the graph": sabotages.hiddenBilinearMlp,
    },
  });

  // A sum with zero added is the same sum: not one bit may differ.
  const zeroed = claim(
    "A transformer whose MLPs write zeros is an attention-only one, bit for bit",
    {
      id: "mlps-of-zero",
      kind: "identity",
      on: [...models.randomFamilies({ mlp: true, size: 1 }), ...withMlps],
      measure: parts.silenced(),
      check: ({ apart }) => assertEquals(apart, 0, "the most by which any logit differs"),
      mustFailOn: {
        "one MLP left in": { on: [models.tiny, withMlps[1]], measure: parts.silenced(0) },
      },
    },
  );

  say`Yes. It has no parameter of an MLP and no operation of one. What is left is the embedding,
    attention, the unembedding and, as a rule, LayerNorm ${absent}. It is what remains of an
    ordinary transformer whose MLPs write zeros: the logits, the scores of the next token, of the
    two differ by ${zeroed.max("apart")} ${zeroed}.`;

  const linear = claim("With patterns and LayerNorm's scales held, all that is left is linear", {
    id: "linear-when-held",
    kind: "identity",
    on: [...models.randomFamilies({ mlp: false, size: 1 }), ...one, ...two],
    measure: parts.linearity(true),
    // Rounding is seen beside a movement of its own size or larger.
    check: ({ fromLinear }) => assertLess(fromLinear, 1e-5, "beside the movement itself"),
    mustFailOn: {
      "transformers with MLPs": { on: [models.tiny, withMlps[0]] },
      "an MLP hidden in the graph": { sabotage: sabotages.hiddenMlp, on: [two[0]] },
      "patterns and scales let go": { on: [one[0], two[0]], measure: parts.linearity(false) },
    },
  });

  say`Why would anybody want one? To take it apart. Hold each head's pattern, where it looks, and
    the scale by which LayerNorm divides. Then all that is left is matrices: sums and products with
    fixed numbers ${linear}. So the logits can be split, with no remainder, into what each head has
    said and what each chain of heads has, as question three does. With an MLP in between they
    cannot. ${papers.mathematicalFramework} began so, with models of no layer, one layer and two.`;
  caveat`Exactly does not mean completely. Where a head looks is worked out from the text, and not
    linearly; that has to be explained as well ${linear}.`;

  part("What can they do?");
  short`With no layer, only what tends to follow the present token. With one, it also counts which
    tokens came before, but not what stood beside them. With two, they can find where the present
    token stood earlier and say what followed.`;

  const alone = claim("Without any layer, the logits depend on a position's own token alone", {
    id: "no-layers-no-context",
    kind: "identity",
    on: [...models.randomFamilies({ n_layers: [0], size: 1 }), ...none],
    measure: parts.whoMovesLogits,
    check: ({ self, earlier, later }) => {
      assertEquals(Math.max(earlier, later), 0, "no other position's logits may move");
      assertGreater(self, 0, "the edited position's own must");
    },
    mustFailOn: { "one layer": { on: [one[0], ...subjects.oneRandomLayer] } },
  });

  const pairs = claim(
    "Without layers, a model does about as well as a table of which token follows which",
    {
      id: "close-to-the-bigram",
      kind: "empirical",
      on: subjects.carded,
      measure: (carded: models.ModelWithCard) => guesses.besideBigrams(carded),
      // The table's loss was recorded when the model was trained, on all held-out text; of that a
      // few rows are read here. What is close is counted in what the table itself gains on knowing
      // nothing, more than two nats: a tenth of it, which those rows must be enough to see.
      check: ({ loss, error, table, chance }) => {
        const close = 0.1 * (chance - table);
        assertLess(3 * error, close, "three standard errors of the measured loss");
        assertLess(Math.abs(loss - table), close, "nats from the table");
      },
      units: { loss: { digits: 2 }, table: { digits: 2 }, chance: NATS },
      mustFailOn: {
        "untrained weights": { on: [subjects.inPlace(subjects.untaughtNone)] },
        // One layer would be no control: it looks back for repeats, and is no better on text.
        "two layers": { on: [subjects.inPlace(two[0])] },
        "the tokens in another order": {
          on: [subjects.carded[0]],
          measure: guesses.shuffledBigrams,
        },
      },
    },
  );

  say`With no layer nothing moves between tokens, so the logits depend on the present token alone
    ${alone}. What can be learned is which token tends to follow which, that is, a bigram table. On
    new text our two models lose at most ${pairs.max("loss")} nats a token; a table counted from
    their training text loses ${pairs.mean("table")}, and knowing nothing ${pairs.mean("chance")}
    ${pairs}.`;

  const own = claim("In the first layer, keys and values know of their own token and no other", {
    id: "first-layer-knows-one-token",
    kind: "identity",
    on: [...models.randomFamilies({ size: 1 }), ...one, ...two],
    measure: parts.whatKeysKnow(0),
    check: ({ self, earlier, later }) => {
      assertEquals(Math.max(earlier, later), 0, "no other position's may move");
      assertGreater(self, 0, "the edited position's own must");
    },
    mustFailOn: {
      "the second layer": { on: two, measure: parts.whatKeysKnow(1) },
      "a leaky embedding": {
        sabotage: sabotages.tokenShift("hook_embed", "an embedding", 0.01),
        on: [models.tiny],
      },
    },
  });

  // A guesser that bets loses much when it is wrong, however much it knows. So all guesses are made
  // as sure as suits them best before they are judged.
  const bag = claim("One layer knows somewhat which tokens the block had, not which comes next", {
    id: "one-layer-knows-the-bag",
    kind: "empirical",
    on: one,
    measure: guesses.everyLength,
    check: ({ inBlock, inBlockByChance, known }) => {
      // Somewhat: at least twice as likely as if it did not know.
      assertGreater(inBlock, 2 * inBlockByChance, "probability of the block's tokens");
      // Two layers know all; a tenth is half of what one layer knows at a length that suits it.
      assertLess(known, 0.1, "of what there is to know about which of them comes next");
    },
    units: { inBlock: PERCENT, inBlockByChance: PERCENT, known: { percent: true, digits: 1 } },
    mustFailOn: {
      "untrained weights": { on: [untaughtOne], measure: guesses.goesOn },
      "no layer": { on: none, measure: guesses.goesOn },
      "two layers": { on: two },
      [ONE_LENGTH.control]: { measure: guesses.ofLength(36, 36) },
      // It loses far more than an even guess, though it knows half of the blocks by heart.
      "one that is too sure of what it knows": {
        on: [models.fixedDistance(12)],
        measure: guesses.ofLength(12, 13),
      },
    },
    show: draw.known,
  });

  say`With one layer a head can look back. But what it finds at a position, key and value, knows of
    that position's token and place and of nothing beside it ${own}. So it can learn: where A stood
    somewhere before, and B stands here, C is likely. That is a skip-trigram. It cannot look for
    the token that came after a B, since no place says what came before it.`;

  const continued = claim("Two layers without an MLP go on with a block that is said again", {
    id: "two-layers-continue",
    kind: "empirical",
    on: two,
    measure: guesses.goesOn,
    check: ({ loss }) => assertLess(loss, GOES_ON, "nats where a block is said again"),
    atScale: [papers.inductionHeads],
    units: { loss: NATS },
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "one layer": { on: one },
      "no layer": { on: none },
      "the same tokens in another order": { on: [two[0]], measure: guesses.inAnotherOrder },
    },
    show: draw.again,
  });

  say`We trained models on text and on blocks of random tokens said again and again, of many
    lengths. One layer learns which tokens a block has: it gives them at least
    ${bag.min("inBlock")} of the probability, chance being ${bag.mean("inBlockByChance")}. Of
    which of them comes next it knows at most ${bag.max("known")} of what there is to know ${bag}.
    Two layers go on with any such block, at ${continued.max("loss")} a token or less
    ${continued}.`;

  const distance = claim("Where all blocks have one length, a single layer can go on by distance", {
    id: "one-length-one-layer",
    kind: "construction",
    on: [models.fixedDistance(12)],
    measure: guesses.ofLength(12, 12),
    // The right token stands 30 above the 39 others: 39 exp(-30) is 4e-12.
    check: ({ loss }) => assertLess(loss, 1e-9, "nats where a block is said again"),
    mustFailOn: { "blocks of other lengths": { measure: guesses.ofLength(13, 17) } },
  });

  aside`Lengths must vary for this. Where all blocks have the same, one layer can look a fixed
    distance back: built by hand it goes on without a slip ${distance}, and ours know up to
    ${bag.max("known", ONE_LENGTH)} of what there is to know at a length that suits their
    distances ${bag}.`;
  caveat`That two models did not learn it does not show that none could. But there is a theorem: on
    such a task a single layer must be exponentially larger than two layers that solve it
    (${papers.oneLayerFails}).`;

  part("How do two layers do it?");
  short`With two heads. One in the first layer notes at each token which token stood before it. One
    in the second, an induction head, looks for the note that names the present token, and predicts
    the token that it finds there.`;

  const byHand = claim(
    "Two heads in two layers, and nothing else, go on with blocks of any length",
    {
      id: "two-heads-suffice",
      kind: "construction",
      on: [models.inductionByHand],
      measure: guesses.ofLength(5, 17),
      check: ({ loss }) => assertLess(loss, 1e-9, "nats where a block is said again"),
      mustFailOn: {
        "without its first head": sabotages.withoutHeads([{ layer: 0, head: 0 }]),
        "a single layer that goes by distance": { on: [models.fixedDistance(12)] },
      },
    },
  );

  say`Take "nothing was to be seen, and nothing was to", and guess what comes. In the first layer a
    previous-token head has looked, from each token, at the one before, and noted it: at "be" the
    note says "to". In the second, an induction head stands at the last "to" and looks for a note
    that says "to". It finds it at "be", and says "be". Nothing else is needed: a model built by
    hand with these two heads goes on with blocks of any length ${byHand}.`;

  const found = claim(
    "In the first layer a head looks one place back; in the second, behind copies",
    {
      id: "who-looks-where",
      kind: "empirical",
      on: two,
      measure: (model: Model) => heads.circuit(model),
      check: ({ back, behind, alike }) => {
        assertGreater(back, 5 * alike.back, "weight on the token before");
        // More than on everything else together; what is left is for what it does not know.
        assertGreater(behind, 0.5, "weight behind earlier copies");
      },
      atScale: [papers.inductionHeads],
      units: { back: PERCENT, behind: PERCENT },
      mustFailOn: {
        "untrained weights": { on: [untaught] },
        "one layer": { on: [one[0]] },
        "asked for copies themselves, not for what follows them": {
          on: [two[0]],
          measure: (model) => heads.circuit(model, heads.atCopies),
        },
      },
      show: (runs) => [draw.overSentence, ...draw.shares].flatMap((show) => show(runs)),
    },
  );

  say`Training finds both by itself. Where a block is said again, a head of the first layer gives
    ${found.min("back")} of its attention or more to the token before; and of the second layer's
    four, at least ${found.min("many")} give most of theirs to what followed earlier copies
    ${found}.`;

  // What one head writes another can only use where it reads. The two may meet by chance, so the
  // same two heads are turned against each other at random: as strong, but with no regard.
  const composed = claim("By their keys, these heads read what the previous-token head writes", {
    id: "read-by-keys",
    kind: "empirical",
    on: two,
    measure: heads.meetings("K"),
    check: ({ met, chance }) =>
      assertGreater(Math.min(...met), Math.max(...chance), "above every pair turned at random"),
    units: { met: { digits: 2 }, chance: { digits: 2 } },
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "by their queries instead": { measure: heads.meetings("Q") },
      "what the head writes that looks back least": {
        measure: heads.meetings("K", "least back"),
      },
    },
    show: draw.meetings,
  });

  // Of which input it is taken was chosen before it was measured: the account above says keys.
  const missed = claim("Without the previous-token head in their keys, the copying ends", {
    id: "ablation-ends-it",
    kind: "empirical",
    on: two,
    measure: heads.without("previous", "K"),
    check: ({ before, everywhere, alone, evenly }) => {
      assertLess(before, GOES_ON, "nats with all heads");
      // An even guess among the block's tokens: nothing is left of knowing which comes next.
      assertGreater(everywhere, evenly, "nats without it");
      assertGreater(alone, evenly, "nats with it taken from one input alone");
    },
    units: { before: NATS, alone: { digits: 1, unit: "nats" }, elsewhere: NATS },
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "taken from the queries instead": { measure: heads.without("previous", "Q") },
      [FROM_VALUES.control]: { measure: heads.without("previous", "V") },
      [BYSTANDER]: { measure: heads.without("bystander", "K") },
    },
    show: draw.previousMissed,
  });

  say`How does the second find the first one's notes? By its keys, as the account says: they are
    made from what the previous-token head has written. That is called K-composition. The weights
    show it: the two overlap by ${composed.min("met")} or more, by chance at most
    ${composed.max("chance")} ${composed}. So does an ablation: take what that head writes from the
    second layer's keys and from nothing else, and the loss rises from ${missed.max("before")} at
    most to ${missed.min("alone")} or more. Take it from queries or values, and the loss stays
    below ${missed.max("elsewhere")} ${missed}.`;

  // The control of the claim above was to be the head that looks least one place back. That one is
  // needed too.
  const least = refuted("The head that looks least at the token before can go without much loss", {
    id: "least-back-can-go",
    kind: "empirical",
    on: two,
    measure: heads.without("least back", "Q"),
    check: ({ everywhere }) => assertLess(everywhere, GOES_ON, "nats without it"),
    units: { onItself: PERCENT, everywhere: { digits: 1, unit: "nats" } },
    mustHoldOn: { [BYSTANDER]: { measure: heads.without("bystander", "Q") } },
  });

  const asked = claim(
    "The head that looks at its own token is missed in the second layer's queries",
    {
      id: "own-token-by-queries",
      kind: "empirical",
      on: two,
      measure: heads.without("own", "Q"),
      check: ({ before, alone }) => {
        assertLess(before, GOES_ON, "nats with all heads");
        assertGreater(alone, GOES_ON, "nats with it taken from one input alone");
      },
      mustFailOn: {
        "untrained weights": { on: [untaught] },
        "taken from the keys instead": { measure: heads.without("own", "K") },
        [BYSTANDER]: { measure: heads.without("bystander", "Q") },
      },
      show: draw.ownMissed,
    },
  );

  aside`A third head takes part. We had meant to compare with the head of the first layer that looks
    least at the token before, and it could not go: without it the loss is
    ${least.min("everywhere")} or more ${least}. It gives at least ${least.min("onItself")} of its
    attention to its own token, and is missed in the second layer's queries, which ask for that
    token ${asked}. So the comparison above is with a head that does neither, chosen afterwards. Of
    ${composed.max("pairs")} pairs of heads, more than these meet above chance: by keys
    ${composed.min("above.K")} and ${composed.max("above.K")} in the two models; what the others
    are for was not asked ${composed}.`;
  caveat`These models are small, and half of what they read was repetition. Of eleven small models
    that other people trained on small texts without it, read with this code, eight have a
    previous-token head and none an induction head ${found}. In large models induction heads are
    common; that they are what makes them learn from their context is shown for small models of
    attention alone, and for large ones made likely (${papers.inductionHeads}).`;

  wouldChange`A model called attention-only whose logits differ in any bit from those of a
    transformer with its MLPs silenced ${zeroed}; a single layer of this size that knows what comes
    next in blocks of all lengths ${bag}; or two layers that go on although nothing of the token
    before has reached their keys ${missed}.`;
});
