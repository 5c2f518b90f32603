/** What becomes of texts of different lengths, up to the window and past it. */
import { type Model, run } from "../../mod.ts";
import { maxAbs, maxDifference } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";

/** What becomes of the logits of a text that is cut short, or half filled up in two ways. */
export async function everyLength(model: Model) {
  const n = model.config.n_ctx;
  const [text, other] = probes.drawTokens(model, { length: n, rows: 2 });
  const half = Math.floor(n / 2);
  const { logits } = await run(model, [text, [...text.slice(0, half), ...other.slice(half)]]);
  const moved = text.map((_, p) => maxDifference(logits.get(0, p), logits.get(1, p)));
  const tried = lengthsBelow(n);
  const ran: number[] = [];
  let apart = 0;
  for (const length of tried) {
    const short = (await run(model, [text.slice(0, length)])).logits; // [1, length, d_vocab]
    ran.push(short.shape[1]);
    for (let p = 0; p < length; p++) {
      apart = Math.max(apart, maxDifference(short.get(0, p), logits.get(0, p)));
    }
  }
  const [before, after] = [Math.max(...moved.slice(0, half)), Math.max(...moved.slice(half))];
  const all = { tried: [...tried, n], ran: [...ran, logits.shape[1]] };
  return { ...all, apart: apart / maxAbs(logits), before, after };
}

/**
 * Every length where the window is short; where it is long, some, and the longest: nothing in a
 * graph tells those between from these.
 */
function lengthsBelow(window: number): number[] {
  const all = Array.from({ length: window - 1 }, (_, i) => i + 1);
  return window < 16 ? all : all.filter((n) => [1, 2, 5, 13, 34, window - 1].includes(n));
}

/** How models say that a text has the wrong length: our own words, and the runtime's. */
const REFUSALS = /^Cannot run \d+ tokens: |Reshape|reshape/;

/** How many predictions a text of that length gets, past the window too. */
async function predictionsFor(model: Model, length: number): Promise<number> {
  const [text] = probes.drawTokens({ config: { ...model.config, n_ctx: length } }, { length });
  return (await run(model, [text])).logits.shape[1];
}

/** The same, or in which words the length was refused. */
async function attempt(model: Model, length: number) {
  try {
    return { refusal: "", predictions: await predictionsFor(model, length) };
  } catch (error) {
    const refusal = (error as Error).message;
    if (!REFUSALS.test(refusal)) throw error;
    return { refusal, predictions: 0 };
  }
}

/** How many predictions texts of some lengths get: a whole window, less, and more. */
export async function triedLengths(model: Model) {
  const { n_ctx: window, positions } = model.config;
  const whole = { length: window, refusal: "", predictions: await predictionsFor(model, window) };
  const tried = [whole];
  for (const length of [...lengthsBelow(window), window + 1, window + 2]) {
    tried.push({ length, ...await attempt(model, length) });
  }
  return { window, positions, tried, ran: tried.filter(({ refusal }) => refusal === "").length };
}

/** What a model says to one token more than its window has. */
export async function oneTooMany(model: Model) {
  const tokens = model.config.n_ctx + 1;
  const rows = model.weights["pos_embed.W_pos"]?.shape[0] ?? 0;
  return { rows, tokens, ...await attempt(model, tokens) };
}
