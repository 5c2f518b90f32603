/** What the heads of two layers do: where they look, whom they read, who is missed, and where. */
import memoize from "memoize";
import { type Model, run, type RunOptions } from "../../mod.ts";
import { columnMeans, max, mean, min, Tensor } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";
import { goesOn, varied } from "./guesses.ts";
import { two } from "./subjects.ts";

/** How much of each kind every head is, where a sequence is said again. */
const looks = memoize((model: Model) => probes.detectHeads(model, varied(model).tokens), {
  cache: new WeakMap(),
});

/** How the report names the three kinds. */
const KINDS = {
  previous: "the token before",
  own: "its own token",
  induction: "what followed it earlier",
} as const;

/** Where every head looks, as shares of its attention. */
export async function whoLooksWhere(model: Model, copies?: probes.KeysOf) {
  const { uniform, ...found } = copies
    ? await probes.detectHeads(model, varied(model).tokens, copies)
    : await looks(model);
  const shares = (["previous", "own", "induction"] as const).flatMap((kind) => [
    ...found[kind].flatMap((heads, layer) =>
      heads.map((share, head) => ({ head: `${layer}.${head}`, share, at: KINDS[kind] }))
    ),
    { head: "all alike", share: uniform[kind], at: KINDS[kind] },
  ]);
  const behind = found.induction[1] ?? [0];
  return {
    back: max(found.previous[0]),
    behind: max(behind),
    alike: { back: uniform.previous, behind: uniform.induction },
    shares,
  };
}

/** The same, and two of the heads over a sentence. */
export const circuit = (copies?: probes.KeysOf) => async (model: Model) => (
  { ...await whoLooksWhere(model, copies), sentence: await overSentence(model) }
);

/** Where heads that look for copies would look if they looked at these, not at what followed. */
export const atCopies: probes.KeysOf = (row) =>
  probes.inductionKeys(row).map((keys) => keys.map((key) => key - 1));

/** Heads that give it more than all else together; the first of them at least. */
const foremost = (shares: readonly number[]) =>
  probes.rankHeads([shares]).filter(({ score }, rank) => rank === 0 || score > 0.5);

/** The share of attention from which an arrow is drawn. */
const SEEN = 0.2;

/** The foremost head of either kind over a sentence; the second from tokens that it has seen. */
export async function overSentence(model: Model) {
  const { previous, induction } = await looks(model);
  const { ids, pieces } = await texts.sentenceTokens();
  const patterns = await probes.patternsOf(model, [ids]);
  const last = patterns.length - 1;
  const arrows = (layer: number, scores: readonly number[], from: readonly number[]) => {
    const [{ head }] = probes.rankHeads([scores]);
    return from.flatMap((query) =>
      [...patterns[layer].get(0, head, query).data]
        .map((weight, key) => ({ from: query, to: key, weight }))
        .filter(({ to, weight }) => weight >= SEEN && to !== query)
    );
  };
  const again = [...ids.keys()].filter((place) => ids.indexOf(ids[place]) < place);
  return {
    pieces,
    back: arrows(0, previous[0], [...ids.keys()]),
    behind: arrows(last, induction[last], again),
  };
}

/** Heads of the first layer by what they look at. */
type Role = "previous" | "least back" | "bystander";

/** The head that looks most at the token before, or least; or least at that and at its own. */
async function headIn(model: Model, role: Role): Promise<number> {
  const { previous: [back], own: [own] } = await looks(model);
  const idle = back.map((share, head) => -Math.max(share, own[head]));
  const roles = { previous: back, "least back": back.map((x) => -x), bystander: idle };
  return probes.rankHeads([roles[role]])[0].head;
}

/** The kinds of heads that go on with a sequence together. */
export type Kind = keyof typeof KINDS;

/** The loss where a sequence is said again with heads of some kinds alone, all others ablated. */
export async function lossWithOnly(model: Model, kinds: readonly Kind[]): Promise<number> {
  const found = await looks(model);
  const means = await meansRead(model);
  const interventions = [0, 1].map((layer) => {
    const here = kinds.filter((kind) => (kind === "induction" ? 1 : 0) === layer);
    const kept = here.flatMap((kind) => foremost(found[kind][layer]).map(({ head }) => head));
    const heads = found.own[layer].flatMap((_, head) => kept.includes(head) ? [] : [head]);
    return { hook: READ_IN[layer], heads, to: means[layer] };
  });
  return await lossAgain(model, { interventions });
}

/** What the heads of either layer have read. */
const READ_IN = [0, 1].map((layer) => `blocks.${layer}.attn.hook_z`);

/** The mean of that over rows and positions, by layer: what stands in for it where it is taken. */
const meansRead = memoize(async (model: Model) => {
  const hooks = { hooks: READ_IN, intervene: READ_IN }; // in the session of those without it
  const kept = await run(model, varied(model).tokens, hooks);
  return READ_IN.map((hook) => {
    const z = kept.get(hook); // [batch, pos, n_heads, d_head]
    const [batch, pos, ...each] = z.shape;
    const means = columnMeans(z.reshape(batch * pos, each[0] * each[1]));
    return new Tensor(Float32Array.from(means), each);
  });
}, { cache: new WeakMap() });

const lossWithThreeKinds = memoize(
  (model: Model) => lossWithOnly(model, ["previous", "own", "induction"]),
  { cache: new WeakMap() },
);

/** Inputs of the second layer. */
const INPUTS = {
  Q: "queries of the second layer",
  K: "keys of the second layer",
  V: "values of the second layer",
} as const;

const [READ] = READ_IN; // by the heads of the first layer

/** The loss where a sequence is said again, with changes. */
async function lossAgain(model: Model, changes: Pick<RunOptions, "interventions" | "intervene">) {
  const { tokens, blocks } = varied(model);
  const each = probes.losses((await run(model, tokens, changes)).logits, tokens);
  return mean(each.map((row, r) => mean(row.slice(blocks[r]))));
}

/**
 * What is lost where a sequence is said again without a head, everywhere or for one input alone.
 */
const lossesWithout = memoize((model: Model) =>
  memoize(async (head: number) => {
    const cuts = await probes.cutPaths(model, varied(model).tokens, {
      from: { layer: 0, head },
      to: 1,
    });
    const intervene = [READ, ...Object.values(cuts).map(({ hook }) => hook)]; // one session for all
    const loss = async (...interventions: probes.Intervention[]) =>
      await lossAgain(model, { interventions, intervene });
    const [Q, K, V] = [await loss(cuts.Q), await loss(cuts.K), await loss(cuts.V)];
    const [to] = await meansRead(model);
    return { everywhere: await loss({ hook: READ, heads: [head], to }), Q, K, V };
  }), { cache: new WeakMap() });

/**
 * What is missed without a head of the first layer.
 *
 * @param by The input of the second layer from which alone it is taken as well.
 */
export const without = (role: Role, by: keyof typeof INPUTS) => async (model: Model) => {
  const { loss: before, evenly } = await goesOn(model);
  const head = await headIn(model, role);
  const { everywhere, ...alone } = await lossesWithout(model)(head);
  const threeKinds = await lossWithThreeKinds(model);
  const others = (["Q", "K", "V"] as const).filter((input) => input !== by);
  return {
    onItself: (await looks(model)).own[0][head],
    threeKinds,
    /** Of the loss with all heads, that with heads of three kinds alone. */
    times: threeKinds / before,
    ...{ before, evenly, everywhere, alone: alone[by], elsewhere: others.map((o) => alone[o]) },
    fromValues: alone.V,
    bars: [
      { from: "nothing", nats: before },
      { from: "everything", nats: everywhere },
      ...(["Q", "K", "V"] as const).map((o) => ({ from: INPUTS[o], nats: alone[o] })),
    ],
  };
};

/** A control, for which one seed is enough: a head of the first layer that has no part in this. */
export const bystander = (by: keyof typeof INPUTS) => (
  { on: [two[0]], measure: without("bystander", by) }
);

const compositionOf = memoize((model: Model) => probes.composition(model), {
  cache: new WeakMap(),
});

/**
 * How the induction heads compose with one of the first layer, by one of their inputs; and by each
 * of the three with the previous-token head, beside pairs turned against each other at random.
 */
export const meetings =
  (by: probes.CompositionKind, role: Role = "previous") => async (model: Model) => {
    const writer = await headIn(model, role);
    const { induction } = await looks(model);
    const readers = foremost(induction[1]).map(({ head }) => head);
    const previous = await headIn(model, "previous");
    const found = compositionOf(model);
    return {
      met: min(readers.map((reader) => found[by].scores[writer][reader])),
      chance: max(
        found[by].turned.flatMap((draw) => readers.map((reader) => draw[writer][reader])),
      ),
      dots: (["Q", "K", "V"] as const).flatMap((input) => {
        const { scores, turned } = found[input];
        const dots = (who: string, all: readonly (readonly number[])[]) =>
          all.flatMap((to) => readers.map((reader) => ({ who, score: to[reader], by: input })));
        return [
          ...dots("as trained", [scores[previous]]),
          ...dots("turned at random", turned.map((draw) => draw[previous])),
        ];
      }),
    };
  };
