import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { question } from "../mod.ts";
import * as sabotages from "../lib/model/sabotages/mod.ts";
import * as models from "../fixtures/mod.ts";
import * as papers from "../fixtures/papers.ts";
import * as draw from "./12_attention_only/pictures.ts";
import * as guesses from "./12_attention_only/guesses.ts";
import * as heads from "./12_attention_only/heads.ts";
import * as parts from "./12_attention_only/parts.ts";
import * as subjects from "./12_attention_only/subjects.ts";

const { full, leaky, none, one, two, untaughtNone, untaughtOne, untaught } = subjects;
const byDistance = models.fixedDistance(12);
/** In nats: a right guess three times in five. Knowing the block's tokens alone leaves three. */
const GOES_ON = 0.5;
const PERCENT = { percent: true, digits: 0 };
const BUILT = { control: "built for one length", digits: 0 };
const SUITED = { control: "a length that suits it" };

question("Does an attention-only model have no MLP layers at all?", {
  notes: "open",
  standing: "answered here",
  lit: ["embedding", "attention", "norm", "unembedding"],
}, ({ short, say, aside, caveat, part, claim, wouldChange }) => {
  short`Yes: embedding, attention, unembedding and usually LayerNorm, and no MLP anywhere. They
    are studied because they can be taken apart exactly, and because two layers are enough to learn
    to continue a repetition.`;

  const absent = claim("It has no parameter, no hook and no operation of an MLP", {
    id: "no-mlp-anywhere",
    kind: "identity",
    on: [...models.randomFamilies({ mlp: false }), ...none, ...one, ...two],
    measure: parts.partsOf,
    check: ({ strange, hooks, bends, due }) => {
      assertEquals([...strange, ...hooks], [], "parameters and hooks of other parts");
      assertEquals(bends, due, "operations that are not linear; the others' own are due");
    },
    mustFailOn: {
      "transformers with MLPs": { on: full },
      "MLPs that write zeros": { sabotage: sabotages.zeroedMlps(), on: [models.tiny] },
      "an MLP hidden in the graph": sabotages.hiddenMlp,
      // It multiplies, as LayerNorm does too: only how often that is done tells.
      "a bilinear MLP hidden in the graph": sabotages.hiddenBilinearMlp,
    },
  });

  const zeroed = claim("It is a transformer whose MLPs write zeros, bit for bit", {
    id: "mlps-of-zero",
    kind: "identity",
    on: [...models.randomFamilies({ mlp: true, size: 1 }), ...subjects.withMlps],
    measure: parts.silenced(),
    check: ({ apart }) => assertEquals(apart, 0, "the most by which any logit differs"),
    mustFailOn: { "one MLP left in": { on: full, measure: parts.silenced(0) } },
  });

  say`An attention-only model has no parameter of an MLP and no operation of one ${absent}. It is
    what remains of an ordinary transformer whose MLPs write zeros: the logits, the scores of the
    next token, of the two differ by ${zeroed.max("apart")} ${zeroed}.`;

  const linear = claim("With patterns and LayerNorm's scales held, all that is left is linear", {
    id: "linear-when-held",
    kind: "identity",
    on: [...models.randomFamilies({ mlp: false, size: 1 }), one[0], two[0]],
    measure: parts.linearity(true),
    // Rounding is seen beside a movement of its own size or larger.
    check: ({ fromLinear }) => assertLess(fromLinear, 1e-5, "beside the movement itself"),
    mustFailOn: {
      "transformers with MLPs": { on: full },
      "an MLP hidden in the graph": { sabotage: sabotages.hiddenMlp, on: [two[0]] },
      "patterns and scales let go": { on: [one[0], two[0]], measure: parts.linearity(false) },
    },
  });

  say`Why would anybody want one? To take it apart. Hold each head's pattern, where it looks, and
    the scale by which LayerNorm divides. Then all that is left is sums, and products with fixed
    numbers ${linear}. So the logits can be split, with no remainder, into what each head and each
    chain of heads has said, as question three does; an MLP in between would leave a part that
    cannot (${papers.mathematicalFramework}). What was held is then still to be explained.`;

  part("What can they do?");
  short`With no layer, say what tends to follow the present token. With one, look back for tokens,
    but not for what stood beside them. With two, find where the present token stood earlier, and
    say what followed it then.`;

  const own = claim("Before any attention, a position knows of its own token and no other", {
    id: "first-layer-knows-one-token",
    kind: "identity",
    on: [...models.randomFamilies({ n_layers: [0, 1, 2] }), ...none, one[0], two[0]],
    measure: parts.whoIsKnown("before attention"),
    check: ({ self, earlier, later }) => {
      assertEquals(Math.max(earlier, later), 0, "where no token was edited nothing may move");
      assertGreater(self, 0, "where one was, something must");
    },
    mustFailOn: {
      "after one layer": { on: subjects.layered, measure: parts.whoIsKnown("after a layer") },
      "a leaky embedding": { on: leaky },
    },
  });

  const pairs = claim("Without layers, a model does about as well as a bigram table", {
    id: "close-to-the-bigram",
    kind: "empirical",
    on: subjects.carded,
    measure: guesses.besideBigrams(),
    check: ({ loss, error, table, chance }) => {
      const close = 0.1 * (chance - table); // of what the table gains on knowing nothing
      assertLess(3 * error, close, "three standard errors of the measured loss");
      assertLess(Math.abs(loss - table), close, "nats from the table");
    },
    units: { loss: { digits: 2 }, table: { digits: 2 }, chance: { digits: 2 } },
    mustFailOn: {
      "untrained weights": { on: [subjects.inPlace(untaughtNone)] },
      // One layer would be no control: it looks back for repeats, and is no better on text.
      "two layers": { on: [subjects.inPlace(two[0])] },
      "tokens in another order": { measure: guesses.besideBigrams("another order") },
    },
  });

  say`With no layer nothing moves between tokens: the logits depend on the present token and its
    place alone ${own}. What can be learned is a bigram table, which token tends to follow which.
    On new text our two models lose at most ${pairs.max("loss")} nats a token; such a table, counted
    in their training, ${pairs.mean("table")}; knowing nothing costs ${
    pairs.mean("chance")
  } ${pairs}.`;

  say`With one layer a head can look back. But what it finds at a position, key and value, knows of
    that position's token and place and of nothing beside it ${own}. So it can learn: where A stood
    somewhere before, and B stands here, C is likely. That is a skip-trigram. It cannot look for
    the token that came after the last B, since no place says what came before it.`;

  const bag = claim("One layer knows somewhat which tokens a block had, not which comes next", {
    id: "one-layer-knows-the-bag",
    kind: "empirical",
    on: one,
    measure: guesses.everyLength,
    check: ({ inBlock, inBlockByChance, known }) => {
      assertGreater(inBlock, 2 * inBlockByChance, "somewhat: twice what the block has by chance");
      assertLess(known, 0.1, "of which comes next: half of what it knows where a length suits it");
    },
    units: { inBlock: PERCENT, inBlockByChance: PERCENT, known: { percent: true, digits: 1 } },
    mustFailOn: {
      "no layer, or untrained": { on: [...none, untaughtOne], measure: guesses.goesOn },
      "two layers": { on: [two[0]] },
      [SUITED.control]: { measure: guesses.ofLength(36, 36) },
      [BUILT.control]: { on: [byDistance], measure: guesses.ofLength(12, 12) },
      // It knows half of the blocks by heart, and loses more than an even guess would.
      "one that is too sure": { on: [byDistance], measure: guesses.ofLength(12, 13) },
    },
    show: draw.known,
  });

  const continued = claim("Two layers without an MLP go on with a block that is said again", {
    id: "two-layers-continue",
    kind: "empirical",
    on: two,
    measure: guesses.goesOn,
    check: ({ loss }) => assertLess(loss, GOES_ON, "nats where a block is said again"),
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "fewer layers": { on: [...none, ...one] },
      "tokens in another order": { on: [two[0]], measure: guesses.inAnotherOrder },
    },
    show: draw.again,
  });

  say`We trained models on text and on blocks of random tokens, of many lengths, said again and
    again. One layer learns which tokens a block has: it gives them at least ${bag.min("inBlock")}
    of the probability, by chance ${bag.mean("inBlockByChance")}. Which of them comes next it hardly
    knows: at most ${bag.max("known")} of what there is to know ${bag}. Two layers go on with such
    blocks, and lose at most ${continued.max("loss")} nats a token ${continued}.`;

  aside`Lengths must vary for this: where all blocks have the same, one layer can look a fixed
    distance back. Built by hand to do so it knows ${bag.max("known", BUILT)} of what there is to
    know, and ours up to ${bag.max("known", SUITED)} at a length that their distances suit ${bag}.`;
  caveat`That two models did not learn it does not show that none could. But there is a theorem: on
    such a task a single layer must be exponentially larger than two layers that solve it
    (${papers.oneLayerFails}).`;

  part("How do two layers do it?");
  short`With two heads. One in the first layer notes at each token which token stood before it. One
    in the second, an induction head, looks for the note that names the present token, and predicts
    the token that it finds there.`;

  const byHand = claim("Two heads in two layers suffice to go on with blocks of any length", {
    id: "two-heads-suffice",
    kind: "construction",
    on: [models.inductionByHand],
    measure: guesses.ofLength(5, 17),
    check: ({ loss }) => assertLess(loss, 1e-9, "nats where a block is said again"),
    mustFailOn: {
      "without its first head": sabotages.withoutHeads([{ layer: 0, head: 0 }]),
      "a single layer that goes by distance": { on: [byDistance] },
    },
  });

  say`What comes after "nothing was to be seen, and nothing was to"? In the first layer a
    previous-token head has looked, from each token, at the one before, and noted it: at "be" the
    note says "to". In the second, an induction head stands at the last "to", looks for a note that
    says "to", finds it at "be", and says "be". Nothing else is needed: a model built by hand with
    these two heads goes on with blocks of any length that fits twice ${byHand}.`;

  const found = claim("In training a previous-token head and induction heads form", {
    id: "who-looks-where",
    kind: "empirical",
    on: two,
    measure: heads.circuit(),
    check: ({ back, behind, alike }) => {
      assertGreater(back, 5 * alike.back, "weight of a first-layer head on the token before");
      assertGreater(behind, 0.5, "more of a second-layer head's than lies on all else together");
    },
    units: { back: PERCENT },
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "one layer": { on: [one[0]] },
      "asked for copies themselves": { on: [two[0]], measure: heads.circuit(heads.atCopies) },
    },
    show: (runs) => [draw.overSentence, ...draw.shares].flatMap((show) => show(runs)),
  });

  say`Training finds both. Where a block is said again, a head of the first layer gives at least
    ${found.min("back")} of its attention to the token before, and ${found.min("many")} or more of
    the second layer's four give most of theirs to what followed earlier copies ${found}.`;

  // Two heads may meet by chance, so the same two are turned against each other at random as well.
  const composed = claim("By their keys, these heads read what the previous-token head writes", {
    id: "read-by-keys",
    kind: "empirical",
    on: two,
    measure: heads.meetings("K"),
    check: ({ met, chance }) =>
      assertGreater(Math.min(...met), Math.max(...chance), "above every pair turned at random"),
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "by their queries instead": { measure: heads.meetings("Q") },
      "what another head writes": { measure: heads.meetings("K", "least back") },
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
      assertGreater(Math.min(everywhere, alone), evenly, "nats of guessing evenly in the block");
    },
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "taken from the queries": { measure: heads.without("previous", "Q") },
      "taken from the values": { measure: heads.without("previous", "V") },
      "a head that looks neither back nor at itself": { measure: heads.without("bystander", "K") },
    },
    show: draw.previousMissed,
  });

  say`How does the second find the first one's notes? By its keys: they are made in part from what
    the previous-token head has written. That is called K-composition. The weights show it: from
    zero, nothing in common, to one, the two meet at ${composed.min("met")} or more, and by chance
    at ${composed.max("chance")} or less ${composed}. So does an ablation of one path
    (${papers.interpretabilityInTheWild}). Take what that head writes from the second layer's keys
    alone, and the loss rises from at most ${missed.max("before")} nats to ${missed.min("alone")} or
    more; take it from queries or values, and it stays within ${
    missed.max("elsewhere")
  } ${missed}.`;

  const asked = claim("The head that looks least at the token before is missed in the queries", {
    id: "own-token-by-queries",
    kind: "empirical",
    on: two,
    measure: heads.without("least back", "Q"),
    check: ({ before, everywhere, alone }) => {
      assertLess(before, GOES_ON, "nats with all heads");
      assertGreater(Math.min(everywhere, alone), GOES_ON, "without it, and in the queries alone");
    },
    units: { onItself: PERCENT },
    mustFailOn: {
      "untrained weights": { on: [untaught] },
      "taken from the keys": { measure: heads.without("least back", "K") },
      "a head that looks neither back nor at itself": { measure: heads.without("bystander", "Q") },
    },
    show: draw.ownMissed,
  });

  aside`We had meant to compare with the first-layer head that looks least at the token before. But
    without it the loss is ${asked.min("everywhere")} nats or more: it gives at least
    ${asked.min("onItself")} of its attention to its own token, and is missed in the queries, which
    ask for that token ${asked}. So we compare with one that does neither, chosen afterwards.`;
  caveat`These models are small, and most of what they read was repetition. Of eleven that others
    trained on small texts without that, eight have a previous-token head and none an induction head
    ${found}. In large models induction heads were found again; the evidence that they let a model
    learn from its context is causal for small models of attention alone, and correlational for
    larger ones (${papers.inductionHeads}).`;

  wouldChange`An attention-only model whose logits differ in any bit from those of a transformer
    with silenced MLPs ${zeroed}; one layer of this size that knows what comes next in blocks of all
    lengths ${bag}; two that go on though their keys know of no token before ${missed}.`;
});
