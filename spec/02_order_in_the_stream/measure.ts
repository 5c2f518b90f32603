/** What question 02 measures with the probes of the library, and on what texts. */
import memoize from "memoize";
import { type Model, run } from "../../mod.ts";
import { mean, Random, standardError, sum, type Tensor } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";
import { learned, SCHEMES, type Schemes } from "./subjects.ts";

/** What the first attention layer writes: all that one layer can have gathered. */
const WRITTEN = "blocks.0.hook_attn_out";

/** What putting the tokens of a text into another order does. */
export async function shuffled(model: Model, what: "all" | "all but the last" | "none" = "all") {
  const { n_ctx, n_layers: layers } = model.config;
  const length = Math.min(n_ctx, 48);
  const [text] = probes.drawTokens(model, { length, seed: 1 });
  const places = [...text.keys()];
  const count = { all: length, "all but the last": length - 1, none: 0 }[what];
  const order = [...new Random("order").shuffle(places.slice(0, count)), ...places.slice(count)];
  return { layers, ...await probes.reorderTokens(model, text, order) };
}

/**
 * The same, and best guesses for the sentence and for its tokens shuffled, of those that are drawn.
 */
export async function shuffledSentence(model: Model) {
  return { ...await shuffled(model), panels: isDrawn(model) ? await guesses(model) : [] };
}

/** Whether the picture of guesses is of this model, changed or not. */
export function isDrawn({ name }: { readonly name: string }): boolean {
  return name.startsWith(learned.name);
}

async function guesses(model: Model) {
  const { ids, pieces } = await texts.sentenceTokens();
  const tokenizer = await texts.tokenizer();
  const places = [...ids.keys()];
  const orders = [places, new Random("sentence").shuffle(places)];
  const { logits } = await run(model, orders.map((order) => order.map((place) => ids[place])));
  return orders.map((order, row) => ({
    name: ["in order", "shuffled"][row],
    tokens: order.map((place) => pieces[place]),
    under: places.map((p) => {
      const { data } = logits.get(row, p);
      return tokenizer.decode([data.indexOf(Math.max(...data))]);
    }),
    shade: order.map((from, p) => apart(softmax(logits.get(row, p)), softmax(logits.get(0, from)))),
  }));
}

/** How much of the probability goes elsewhere: 0 to 1. */
function apart(p: Float64Array, q: Float64Array): number {
  return Math.min(1, p.reduce((total, x, i) => total + Math.abs(x - q[i]), 0) / 2);
}

function softmax({ data }: Tensor): Float64Array {
  const largest = Math.max(...data);
  const raised = Float64Array.from(data, (logit) => Math.exp(logit - largest));
  const total = sum(raised);
  return raised.map((x) => x / total);
}

/** What the order of the earlier tokens is worth, on short held-out texts. */
export async function worthOfOrder(model: Model) {
  return probes.worthOfOrder(model, await texts.heldOutRows({ rows: 80, length: 12 }));
}

/** How far the logits are from following the stream linearly, on random tokens. */
export function linearity(model: Model, how?: { held: boolean }) {
  return probes.streamLinearity(model, probes.drawTokens(model)[0], how);
}

/** How alike what the first attention layer writes is at neighbours, and at places far apart. */
export async function alikeness(model: Model) {
  const rows = await texts.heldOutRows({ rows: 8, length: 48 });
  const cosine = (await probes.similarityByDistance(model, rows, WRITTEN)).slice(0, 32);
  const far = mean(cosine.slice(16));
  return { cosine, near: cosine[0], far, more: cosine[0] - far };
}

/** By how much the loss of each scheme is below that of none, on the same texts. */
export async function compareLosses(models: Schemes) {
  const none = await lossByRow(models.none);
  const gaps = [];
  for (const scheme of SCHEMES) {
    const loss = await lossByRow(models[scheme]);
    const gap = none.map((loss_, row) => loss_ - loss[row]);
    const [nats, error] = [mean(gap), standardError(gap)];
    gaps.push({ scheme, nats, error, errors: nats / error });
  }
  return { gaps, alibi: gaps[SCHEMES.indexOf("alibi")] };
}

const lossByRow = memoize(async (model: Model) => {
  const rows = await texts.heldOutRows({ rows: 12, length: 60 });
  return probes.losses((await run(model, rows)).logits, rows).map(mean);
}, { cache: new WeakMap() });

/**
 * Windows from a speech and a chapter to fit on, and fewer from another of each to be judged on.
 * Fitted on few, a probe learns their words and finds less.
 */
async function textsForProbes(rows: number) {
  const windows = (text: number, rows: number) => texts.evenRows(text, { rows, length: 60 });
  return {
    fit: [...await windows(0, rows), ...await windows(2, rows)],
    score: [...await windows(1, 8), ...await windows(3, 8)],
  };
}

/**
 * How well the position's logarithm is read off by how far the first attention layer's output is
 * from its mean, with two ways to go wrong about that.
 */
const readShapes = memoize(async (model: Model) => {
  const number = (position: number) => Math.log(1 + position);
  const strays = { hook: WRITTEN, number, folded: true };
  const shapes = [strays, { ...strays, shuffled: true }, { ...strays, folded: false }];
  const found = await probes.probePosition(model, { ...await textsForProbes(28), probes: shapes });
  const [{ r2 }, shuffled, direction] = found;
  return { strays: r2, shuffled: shuffled.r2, direction: direction.r2 };
}, { cache: new WeakMap() });

/** How well the position's logarithm is read off what the first attention layer writes. */
export function position(how: "strays" | "shuffled" | "direction") {
  return async (model: Model) => ({ r2: (await readShapes(model))[how] });
}

/** How well the position is read off each place of the stream. */
export async function positionInStream(model: Model) {
  const stream = (await probes.probePosition(model, await textsForProbes(40))).map(({ r2 }) => r2);
  return { stream, best: Math.max(...stream), end: stream.at(-1)! };
}
