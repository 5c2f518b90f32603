import type { Config } from "./config.ts";

/** Why a model of this config is none that something can be asked of; nothing where it is. */
export type Need = (config: Config) => string | undefined;

const attention: Need = ({ n_layers }) => n_layers === 0 ? "it has no attention" : undefined;
const pair: Need = (config) =>
  attention(config) ??
    (config.query_key === "pair" ? undefined : "its queries and keys have no matrix each");
const mlp: Need = ({ n_layers, attn_only }) =>
  n_layers === 0 || attn_only ? "it has no MLP" : undefined;
const mask: Need = (config) =>
  attention(config) ?? (config.causal ? undefined : "it has no causal mask");
const norm: Need = ({ normalization }) =>
  normalization === "none" ? "it has no normalization" : undefined;

/** What claims and sabotages commonly need of a model, with the reason where it is missing. */
export const needs: Readonly<Record<"attention" | "pair" | "mask" | "mlp" | "norm", Need>> = {
  attention,
  pair,
  mask,
  mlp,
  norm,
};
