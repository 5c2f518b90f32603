/** Rotary positions as a Hugging Face `config.json` describes them. */
import { type Check, numberWhere, oneOf, positive, whole } from "../checks.ts";
import type { Config } from "../config.ts";
import type { PositionScaling } from "../position_scaling.ts";
import { CONFIG_FILE, type Key, nothing, only, readKeys } from "./config_keys.ts";
import { quote, refuse } from "./file_error.ts";
import { isObject } from "./json.ts";

/** Our fields that say how positions turn. */
export type Turning = Pick<Config, "position_base" | "position_step" | "position_scaling">;

type Json = Readonly<Record<string, unknown>>;

const one: Key = [[(value) => value === 1, "1"], 1];
const factor: Key = [numberWhere((value) => value >= 1, "a finite number of at least 1")];
const orNull = ([ok, required]: Check): Key => [
  [(value) => value === null || ok(value), `null or ${required}`],
  null,
];
const TYPES = oneOf("default", "linear", "llama3", "yarn");
const LLAMA3 = {
  factor,
  low_freq_factor: [positive],
  high_freq_factor: [positive],
  original_max_position_embeddings: [whole(1)],
} as const;
const YARN = {
  factor,
  attention_factor: orNull(positive),
  beta_fast: orNull(positive),
  beta_slow: orNull(positive),
  original_max_position_embeddings: orNull(whole(1)),
  truncate: only(true),
  mscale: nothing,
  mscale_all_dim: nothing,
} as const;

/**
 * How a config turns its positions, from `rope_theta` and `rope_scaling`, or from `rope_parameters`,
 * which newer files have instead.
 *
 * @param n_ctx What the file gives as `max_position_embeddings`.
 * @throws {ModelFileError} If these disagree, or they ask for a scaling that we do not have.
 */
export function readRope(json: Json, n_ctx: number): Turning {
  const [older, newer] = [json.rope_scaling ?? undefined, json.rope_parameters ?? undefined];
  if (older !== undefined && newer !== undefined) {
    refuse(CONFIG_FILE, "rope_scaling", "left out beside rope_parameters", older);
  }
  const name = newer === undefined ? "rope_scaling" : "rope_parameters";
  const given = older ?? newer ?? {};
  if (!isObject(given)) refuse(CONFIG_FILE, name, "null or an object", given);
  readKeys(given, { partial_rotary_factor: one }, name);
  const nested = Object.keys(given).find((key) => isObject(given[key])); // one for each kind of layer
  if (nested) refuse(CONFIG_FILE, `${quote(nested)} of ${name}`, "no object", given[nested]);
  const position_base = baseOf(json, given, name);
  return { position_base, position_step: 1, position_scaling: null, ...scaled(given, name, n_ctx) };
}

/** Newer files say it inside; who says it in both places must say the same. */
function baseOf(json: Json, given: Json, name: string): number {
  const [outside, inside] = [json.rope_theta ?? undefined, given.rope_theta ?? undefined];
  if (outside !== undefined && inside !== undefined && outside !== inside) {
    refuse(CONFIG_FILE, `rope_theta of ${name}`, "the same as rope_theta beside it", inside);
  }
  const base = outside ?? inside ?? 10_000;
  const above = numberWhere((value) => value > 1, "a finite number above 1");
  if (!above[0](base)) refuse(CONFIG_FILE, "rope_theta", above[1], base);
  return base as number;
}

function scaled(given: Json, name: string, n_ctx: number): Partial<Turning> {
  const key = given.rope_type === undefined ? "type" : "rope_type"; // its name in older files
  const type = given[key] ?? "default";
  if (!TYPES[0](type)) refuse(CONFIG_FILE, `${key} of ${name}`, TYPES[1], type);
  if (type === "default") return {};
  if (type === "linear") {
    return { position_step: 1 / (readKeys(given, { factor }, name).factor as number) };
  }
  const scaling = type === "llama3" ? llama3(given, name) : yarn(given, name, n_ctx);
  return { position_scaling: scaling };
}

function llama3(given: Json, name: string): PositionScaling {
  const keys = readKeys(given, LLAMA3, name) as Record<keyof typeof LLAMA3, number>;
  const { low_freq_factor, high_freq_factor, original_max_position_embeddings } = keys;
  mustBeAbove(name, { high_freq_factor }, { low_freq_factor });
  return {
    type: "llama3",
    factor: keys.factor,
    low_freq_factor,
    high_freq_factor,
    original_n_ctx: original_max_position_embeddings,
  };
}

function yarn(given: Json, name: string, n_ctx: number): PositionScaling {
  const keys = readKeys(given, YARN, name) as Record<keyof typeof YARN, number | null>;
  const { factor, original_max_position_embeddings: original } = keys as
    & { factor: number }
    & typeof keys;
  const [beta_fast, beta_slow] = [keys.beta_fast ?? 32, keys.beta_slow ?? 1];
  mustBeAbove(name, { beta_fast }, { beta_slow });
  if (original !== null && original * factor !== n_ctx) {
    // Versions of the library disagree on which of the two is the factor then.
    const required =
      `max_position_embeddings over original_max_position_embeddings, ${n_ctx} / ${original}`;
    refuse(CONFIG_FILE, `factor of ${name}`, required, factor);
  }
  const attention_factor = keys.attention_factor ?? 0.1 * Math.log(factor) + 1;
  const original_n_ctx = original ?? n_ctx;
  return { type: "yarn", factor, beta_fast, beta_slow, attention_factor, original_n_ctx };
}

function mustBeAbove(name: string, more: Record<string, number>, less: Record<string, number>) {
  const [[key, value]] = Object.entries(more);
  const [[other, limit]] = Object.entries(less);
  if (value > limit) return;
  refuse(CONFIG_FILE, `${key} of ${name}`, `above ${other}, which is ${limit}`, value);
}

/**
 * The keys of a `config.json` that say the same, or why there are none; the inverse of
 * {@linkcode readRope}.
 */
export function writeRope(config: Turning & Pick<Config, "n_ctx">): Json | string {
  const { position_base: rope_theta, position_step, position_scaling: scaling, n_ctx } = config;
  if (rope_theta <= 1) return `its position_base must be above 1, got ${rope_theta}`;
  if (position_step === 1 && !scaling) return { rope_theta, rope_scaling: null };
  if (!scaling) {
    const factor = 1 / position_step;
    if (factor >= 1 && 1 / factor === position_step) {
      return { rope_theta, rope_scaling: { rope_type: "linear", factor } };
    }
    return `its position_step must be one over a number of at least 1, got ${position_step}`;
  }
  if (position_step !== 1) return "its positions are scaled in two ways";
  const { type: rope_type, original_n_ctx: original_max_position_embeddings, ...numbers } = scaling;
  if (rope_type === "yarn" && scaling.factor * scaling.original_n_ctx !== n_ctx) {
    return `its n_ctx must be factor times original_n_ctx with YaRN, got ${n_ctx}`;
  }
  return { rope_theta, rope_scaling: { rope_type, ...numbers, original_max_position_embeddings } };
}
