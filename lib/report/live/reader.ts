import { losses } from "../../circuits/mod.ts";
import { logProbabilities } from "../../circuits/losses/log_probability.ts";
import type { Subject } from "../../claims/mod.ts";
import type { Model, Sabotage } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import type { Tensor } from "../../tensor/mod.ts";
import { drawLive } from "./bench.ts";
import { shownToken } from "../figure_labels.ts";
import type { Read, Reading } from "./messages.ts";

/** What texts are cut with. */
export interface Pieces {
  encode(text: string): Iterable<number>;
  decode(tokens: readonly number[]): string;
}

/** Which head is looked at. */
export interface Place {
  readonly layer: number;
  readonly head: number;
}

/** How many guesses are shown under a piece. */
const GUESSES = 3;

/** Of more pieces than this a pattern has no room for the names: it has their places alone. */
const MOST_NAMED = 30;

/**
 * What a model makes of a reader's own text; of a broken one, beside what it makes of it unbroken.
 *
 * @param sabotage What the model is broken by first.
 * @throws {RangeError} If the text is empty or longer than the model's window, the sabotage does not
 * fit, or there is no such head.
 */
export async function readText(
  subject: Subject<Model>,
  tokenizer: Pieces,
  { text, sabotage, layer, head }: { text: string; sabotage?: Sabotage } & Place,
): Promise<Reading> {
  const sound = await subject.load();
  const tokens = cut(text, tokenizer, sound.config.n_ctx);
  const broken = sabotage?.apply(sound);
  const { n_layers, n_heads } = sound.config;
  if (!(isPlace(layer, n_layers) && isPlace(head, n_heads))) {
    throw new RangeError(
      `There is no head ${layer}.${head}: ${n_layers} layers of ${n_heads} heads`,
    );
  }
  const readBy = (model: Model) => readTokens(model, tokens, tokenizer, { layer, head });
  const unbroken = await readBy(sound);
  const read = broken ? await readBy(broken) : unbroken;
  const pieces = tokens.map((token) => tokenizer.decode([token]));
  const shown: Named[] = broken
    ? [{ ...unbroken, name: "unbroken" }, { ...read, name: "broken" }]
    : [read];
  return {
    ...read,
    ...broken && { unbroken },
    pieces,
    heads: { layers: n_layers, each: n_heads },
    pictures: [guessed(pieces, shown), looking(pieces, shown, { layer, head })]
      .map((figure) => drawLive(figure)),
  };
}

async function readTokens(
  model: Model,
  tokens: readonly number[],
  tokenizer: Pieces,
  { layer, head }: Place,
): Promise<Read> {
  const hook = `blocks.${layer}.attn.hook_pattern`;
  const kept = await run(model, [tokens], { hooks: [hook] });
  return {
    guesses: kept.logits.get(0).unstack().map((logits) => likeliest(logits, tokenizer)),
    losses: losses(kept.logits, [tokens])[0],
    pattern: kept.get(hook).get(0, head).unstack().map(({ data }) => [...data]),
  };
}

function isPlace(place: number, count: number): boolean {
  return Number.isInteger(place) && place >= 0 && place < count;
}

function cut(text: string, tokenizer: Pieces, n_ctx: number): number[] {
  if (text.trim() === "") {
    throw new RangeError("Write a few words: an empty text has no next word.");
  }
  const tokens = [...tokenizer.encode(text)];
  if (tokens.length <= n_ctx) return tokens;
  throw new RangeError(
    `The text is too long: it has ${tokens.length} word pieces, and the model's window holds ${n_ctx}.`,
  );
}

function likeliest({ data }: Tensor, tokenizer: Pieces) {
  return [...logProbabilities(data)]
    .map((log, token) => ({ token, log }))
    .toSorted((a, b) => b.log - a.log)
    .slice(0, GUESSES)
    .map(({ token, log }) => ({ piece: tokenizer.decode([token]), probability: Math.exp(log) }));
}

/** One reading of those that a picture shows, under a name where there are two. */
type Named = Read & { readonly name?: string };

function guessed(pieces: readonly string[], shown: readonly Named[]) {
  return {
    kind: "sentence" as const,
    title: "What the model expects after each word piece",
    caption: "Under each word piece stands the best guess of the next one; " +
      "the stronger its colour, the surer.",
    panels: shown.map(({ name, guesses }) => ({
      ...name && { name },
      tokens: pieces,
      under: guesses.map(([best]) => best.piece),
      shade: guesses.map(([best]) => best.probability),
    })),
    value: { label: "probability of the guess" },
  };
}

function looking(pieces: readonly string[], shown: readonly Named[], { layer, head }: Place) {
  const named = pieces.length <= MOST_NAMED;
  const names = pieces.map((piece, place) => named ? `${place} ${shownToken(piece)}` : place);
  return {
    kind: "heatmap" as const,
    title: `Where head ${head} of layer ${layer} looks`,
    caption: "Each row is a word piece, and how much of its attention each earlier one gets.",
    x: { label: named ? "looks at" : "looks at the piece at this place" },
    y: { label: named ? "word piece" : "place of the word piece" },
    value: { label: "weight" },
    rows: shown.flatMap(({ name, pattern }) =>
      pattern.flatMap((row, q) =>
        row.map((value, k) => ({ x: names[k], y: names[q], value, ...name && { series: name } }))
      )
    ),
  };
}
