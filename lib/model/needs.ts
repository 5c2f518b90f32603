import type { Config } from "./config.ts";

/** Why a model of this config is none that something can be asked of; nothing where it is. */
export type Need = (config: Config) => string | undefined;

/** For fields of a config the values that will do. */
export type Wanted = { readonly [Field in keyof Config]?: readonly Config[Field][] };

const attention: Need = ({ n_layers }) => n_layers === 0 ? "it has no attention" : undefined;
const pair: Need = (config) =>
  attention(config) ??
    (config.query_key === "pair" ? undefined : "its queries and keys have no matrix each");
const ownKeys: Need = ({ n_heads, n_key_value_heads }) =>
  n_key_value_heads < n_heads ? "its heads share keys and values" : undefined;
const mlp: Need = ({ n_layers, attn_only }) =>
  n_layers === 0 || attn_only ? "it has no MLP" : undefined;
const mask: Need = (config) =>
  attention(config) ?? (config.causal ? undefined : "it has no causal mask");
const norm: Need = ({ normalization }) =>
  normalization === "none" ? "it has no normalization" : undefined;

/** What claims and sabotages commonly need of a model, with the reason where it is missing. */
export const needs: Readonly<
  Record<"attention" | "pair" | "ownKeys" | "mask" | "mlp" | "norm", Need>
> = {
  attention,
  pair,
  ownKeys,
  mask,
  mlp,
  norm,
};

/** Several needs as one: the first that is not met says why. */
export function allOf(...all: readonly Need[]): Need {
  return (config) => all.map((need) => need(config)).find((reason) => reason !== undefined);
}

/** That a model is as wanted; the reason says how it is instead. */
export function like(wanted: Wanted): Need {
  return (config) => {
    const fields = Object.keys(wanted) as (keyof Config)[];
    const other = fields.find((field) => !(wanted[field] as unknown[]).includes(config[field]));
    return other && inWords(other, config);
  };
}

/** That there is as much of something as told, or more. */
export function atLeast(
  least: Partial<Record<"n_layers" | "n_heads" | "n_ctx" | "d_vocab" | "d_model", number>>,
): Need {
  return (config) => {
    const short = Object.entries(least).find(([field, count]) =>
      config[field as keyof typeof least] < count
    );
    return short && `${inWords(short[0] as keyof Config, config)}, and ${short[1]} are needed`;
  };
}

/** A field of a config as a reason: "it has 1 layer". */
function inWords(field: keyof Config, config: Config): string {
  const value = config[field];
  const count = (what: string) => `it has ${value} ${what}${value === 1 ? "" : "s"}`;
  switch (field) {
    case "n_layers":
      return count("layer");
    case "n_heads":
      return `${count("head")} in each layer`;
    case "n_ctx":
      return `its window is ${value} ${value === 1 ? "token" : "tokens"}`;
    case "d_model":
      return `its stream is ${value} wide`;
    case "d_vocab":
      return `its vocabulary has ${value} ${value === 1 ? "token" : "tokens"}`;
    case "positions":
      return value === "none" ? "it is told no positions" : `its positions are ${value}`;
    case "attn_only":
      return value ? "it has no MLP" : "it has MLPs";
    case "causal":
      return value ? "it has a causal mask" : "it has no causal mask";
    case "normalization":
      return value === "none" ? "it has no normalization" : `its normalization is ${value}`;
    case "query_key":
      return `its scores come from ${SCORES[config.query_key]}`;
    default:
      return `its ${field} is ${value}`;
  }
}

const SCORES = {
  pair: "a pair of matrices",
  same: "queries that are the keys",
  full: "one full matrix",
};
